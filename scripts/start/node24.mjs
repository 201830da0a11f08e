import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../lib/errors.mjs';
import { Failure } from '../lib/failure.mjs';
import { npm } from '../lib/npm.mjs';
import { inDemo } from '../lib/paths.mjs';
import { writeStamp } from '../lib/stamp.mjs';
import { NODE_24 } from './options.mjs';

const FOLDER = inDemo('node24');
const WINDOWS = process.platform === 'win32';

/** The npm package that holds Node for this kind of machine. */
const PACKAGE = `node-${WINDOWS ? 'win' : process.platform}-${process.arch}`;

/**
 * `headers`: folder for node-gyp's --nodedir, when there is one.
 * @typedef {{ binary: string, version: string, headers?: string }} Node24
 */

/**
 * A Node 24 for n8n: this machine's own when it is one, else one from npm's registry.
 * @returns {Promise<Node24>}
 */
export async function ensureNode24() {
	const own = process.versions.node.startsWith('24.') ? describe(process.execPath) : undefined;
	const present = own ?? inPackage();
	if (present) return present;
	writeStamp(join(FOLDER, 'package.json'), { name: 'microesim-demo-node', private: true });
	await install(NODE_24)
		.catch(async (error) => {
			if (!isMissing(error)) throw error;
			await install('24');
		})
		.catch((error) => {
			if (!isMissing(error)) throw error;
			throw new Failure(
				`n8n needs Node 24, and npm's registry has none for this kind of machine (${PACKAGE}). Install Node 24 and start again with it.`,
			);
		});
	const got = inPackage();
	if (!got)
		throw new Failure(
			`The Node 24 from npm's registry (${PACKAGE}) does not run on this machine. Install Node 24 and start again with it.`,
		);
	return got;
}

/**
 * Whether npm failed because its registry does not have the package.
 * @param {unknown} error
 */
function isMissing(error) {
	return /\((ETARGET|E404)\)/.test(messageOf(error));
}

/** @param {string} version */
async function install(version) {
	rmSync(join(FOLDER, 'node_modules'), { recursive: true, force: true });
	const args = [
		'install',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--no-save',
		'--no-package-lock',
		`${PACKAGE}@${version}`,
	];
	await npm(args, { cwd: FOLDER, log: 'npm-node24', what: 'getting Node 24 for n8n' });
}

function inPackage() {
	const binary = join(FOLDER, 'node_modules', PACKAGE, 'bin', WINDOWS ? 'node.exe' : 'node');
	return existsSync(binary) ? describe(binary) : undefined;
}

/**
 * @param {string} binary
 * @returns {Node24 | undefined} undefined when it does not run here
 */
function describe(binary) {
	const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
	if (status !== 0) return undefined;
	const home = join(dirname(binary), '..');
	return {
		binary,
		version: stdout.trim().slice(1),
		headers: existsSync(join(home, 'include', 'node', 'node.h')) ? home : undefined,
	};
}
