import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { checkRegistry, npm } from '../lib/npm.mjs';
import { inDemo } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { countPackages, watchGrowth } from './growth.mjs';
import { N8N_VERSION } from './options.mjs';

const FOLDER = inDemo('n8n');
const MODULES = join(FOLDER, 'node_modules');
const STAMP = join(FOLDER, '.ready.json');

/** The file to run n8n with. */
export const N8N_BINARY = join(MODULES, 'n8n', 'bin', 'n8n');

/** Whether this n8n lies here, complete. */
export function n8nIsHere() {
	return readStamp(STAMP)?.n8n === N8N_VERSION && existsSync(N8N_BINARY);
}

/**
 * Brings n8n here. No install script of its 2,400 packages is run: n8n needs none but the database driver's.
 * @param {import('./progress.mjs').Note} note
 */
export async function ensureN8n(note) {
	if (n8nIsHere()) return 'up to date';
	mkdirSync(FOLDER, { recursive: true });
	// without npm's record, what lies there is half of an install that was cut off
	if (!existsSync(join(MODULES, '.package-lock.json')))
		rmSync(MODULES, { recursive: true, force: true });
	writeStamp(join(FOLDER, 'package.json'), {
		name: 'microesim-demo-n8n',
		private: true,
		dependencies: { n8n: N8N_VERSION },
	});
	await checkRegistry(`n8n@${N8N_VERSION}`, FOLDER);
	const stopWatching = watchGrowth(FOLDER, note);
	try {
		await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: FOLDER,
			log: 'npm-n8n',
			what: `getting n8n ${N8N_VERSION}`,
		});
	} finally {
		stopWatching();
	}
	writeStamp(STAMP, { n8n: N8N_VERSION });
	return `${countPackages(MODULES)} packages and what they bring along`;
}

/**
 * Builds n8n's database driver, the only native code it needs. With a compiler at hand it is compiled, which contacts
 * nobody; without one, the driver's own install script looks for a ready-made one where its makers keep them.
 * @param {import('./node24.mjs').Node24} node the Node 24 that n8n runs on
 */
export async function ensureDatabaseDriver({ binary, headers }) {
	const driver = join(MODULES, 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	if (existsSync(driver) && loads(binary)) return 'up to date';
	/** @type {Record<string, string>} */
	const env = { PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`, JOBS: 'max' };
	if (headers) env.npm_config_nodedir = headers;
	if (hasCompiler()) env.npm_config_build_from_source = 'true';
	const args = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	await npm(args, {
		cwd: FOLDER,
		log: 'npm-sqlite3',
		what: "building n8n's database driver",
		env,
	}).catch((error) => {
		if (hasCompiler()) throw error;
		throw new Failure(
			"n8n's database driver (sqlite3) has to be compiled here, and this machine has no Python 3, make or C++ compiler. Install them (Debian: apt-get install python3 make g++; macOS: xcode-select --install) and start again.",
			{ log: error instanceof Failure ? error.log : undefined },
		);
	});
	if (!loads(binary))
		throw new Failure(
			"n8n's database driver (sqlite3) was built but does not load. Delete the folder .demo/n8n and start again.",
		);
}

/** @param {string} binary the Node to try it with */
function loads(binary) {
	return (
		spawnSync(binary, ['-e', "require('sqlite3')"], { cwd: FOLDER, stdio: 'ignore' }).status === 0
	);
}

function hasCompiler() {
	/** @param {string} command */
	const runs = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
	return runs('make') && runs('python3') && (runs('c++') || runs('g++') || runs('clang++'));
}
