import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { checkRegistry, npm } from '../lib/npm.mjs';
import { inDemo } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { countPackages, watchGrowth } from './growth.mjs';
import { N8N_VERSION, OF_OLDER_N8N } from './options.mjs';

/**
 * Where an n8n lies, and the file to run it with.
 * @typedef {{ version: string, folder: string, modules: string, binary: string }} N8n
 */

/**
 * An n8n in the demo's folder, here already or not.
 * @param {string} [version] another one than the demo's
 * @returns {N8n}
 */
export function n8nOf(version = N8N_VERSION) {
	const folder = inDemo(version === N8N_VERSION ? 'n8n' : `n8n-${version}`);
	const modules = join(folder, 'node_modules');
	return { version, folder, modules, binary: join(modules, 'n8n', 'bin', 'n8n') };
}

/** @param {N8n} n8n */
const stampOf = ({ folder }) => join(folder, '.ready.json');

/**
 * Whether this n8n lies here, complete.
 * @param {N8n} [n8n]
 */
export function n8nIsHere(n8n = n8nOf()) {
	return readStamp(stampOf(n8n))?.n8n === n8n.version && existsSync(n8n.binary);
}

/**
 * Brings n8n here. No install script of its 2,400 packages is run: n8n needs none but the database driver's.
 * @param {import('./progress.mjs').Note} note
 * @param {N8n} [n8n]
 */
export async function ensureN8n(note, n8n = n8nOf()) {
	if (n8nIsHere(n8n)) return 'up to date';
	const { version, folder, modules } = n8n;
	mkdirSync(folder, { recursive: true });
	// without npm's record, what lies there is half of an install that was cut off
	if (!existsSync(join(modules, '.package-lock.json')))
		rmSync(modules, { recursive: true, force: true });
	writeStamp(join(folder, 'package.json'), {
		name: 'microesim-demo-n8n',
		private: true,
		dependencies: { n8n: version },
		...(version !== N8N_VERSION && { overrides: OF_OLDER_N8N }),
	});
	await checkRegistry(`n8n@${version}`, folder);
	const stopWatching = watchGrowth(folder, note);
	try {
		await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: folder,
			log: 'npm-n8n',
			what: `getting n8n ${version}`,
		});
	} finally {
		stopWatching();
	}
	writeStamp(stampOf(n8n), { n8n: version });
	return `${countPackages(modules)} packages and what they bring along`;
}

/**
 * Builds n8n's database driver, the only native code it needs. With a compiler at hand it is compiled, which contacts
 * nobody; without one, the driver's own install script looks for a ready-made one where its makers keep them.
 * @param {import('./node24.mjs').Node24} node the Node 24 that n8n runs on
 * @param {N8n} [n8n]
 */
export async function ensureDatabaseDriver({ binary, headers }, { folder, modules } = n8nOf()) {
	const driver = join(modules, 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	if (existsSync(driver) && loads(binary, folder)) return 'up to date';
	/** @type {Record<string, string>} */
	const env = { PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`, JOBS: 'max' };
	if (headers) env.npm_config_nodedir = headers;
	if (hasCompiler()) env.npm_config_build_from_source = 'true';
	const args = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	await npm(args, {
		cwd: folder,
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
	if (!loads(binary, folder))
		throw new Failure(
			`n8n's database driver (sqlite3) was built but does not load. Delete the folder ${folder} and start again.`,
		);
}

/**
 * @param {string} binary the Node to try it with
 * @param {string} cwd
 */
function loads(binary, cwd) {
	return spawnSync(binary, ['-e', "require('sqlite3')"], { cwd, stdio: 'ignore' }).status === 0;
}

function hasCompiler() {
	/** @param {string} command */
	const runs = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
	return runs('make') && runs('python3') && (runs('c++') || runs('g++') || runs('clang++'));
}
