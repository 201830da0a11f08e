import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../lib/failure.mjs';
import { npm } from '../lib/npm.mjs';
import { inProject } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { N8N_HOME } from './n8n-env.mjs';

/**
 * @template Data
 * @typedef {import('./n8n-api.mjs').Answer<Data>} Answer
 */

/** @typedef {{ name?: string, email?: string }} Author */
/** @typedef {{ type: string, name: string, version: number }} LoadedNode */

/**
 * What n8n's list of community packages is to know.
 * @typedef {{ database: string, name: string, version: string, author?: Author, nodes: LoadedNode[] }} Entry
 */

const DATA = join(N8N_HOME, '.n8n');
/** @type {{ name: string, version: string, author?: Author, n8n: { nodes: string[] } }} */
const OUR = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/**
 * Installs the tarball where n8n keeps community packages, with the command n8n uses itself.
 * @param {{ path: string, hash: string }} tarball
 * @param {string} [home] the folder n8n keeps its data in
 */
export async function installIntoN8n(tarball, home = N8N_HOME) {
	const folder = join(home, '.n8n', 'nodes');
	const stamp = join(folder, '.microesim.json');
	const target = join(folder, 'node_modules', OUR.name);
	if (readStamp(stamp)?.hash === tarball.hash && existsSync(target)) return 'up to date';
	mkdirSync(folder, { recursive: true });
	// npm's records name the checksum of the earlier tarball and would refuse this one under the same file name
	for (const old of [
		stamp,
		target,
		join(folder, 'package-lock.json'),
		join(folder, 'node_modules', '.package-lock.json'),
	]) {
		rmSync(old, { recursive: true, force: true });
	}
	const file = join(folder, 'package.json');
	if (!readStamp(file)?.dependencies)
		writeStamp(file, { name: 'installed-nodes', private: true, dependencies: {} });
	const args = [
		'install',
		tarball.path,
		'--omit=peer',
		'--legacy-peer-deps',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
	];
	await npm(args, {
		cwd: folder,
		log: 'npm-node-package',
		what: 'installing the package into n8n',
	});
	writeStamp(stamp, { hash: tarball.hash });
	return basename(tarball.path);
}

/** Names of the node types this package must bring, as workflows hold them. */
export const NODE_TYPES = OUR.n8n.nodes.map((file) => {
	const name = basename(file).replace(/\.node\.js$/, '');
	return `${OUR.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
});

/**
 * Checks that n8n loaded every node of the package, and has the editor list it under Settings, Community nodes.
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} node the Node 24 that n8n runs on, which can read SQLite by itself
 */
export async function checkLoaded(api, node) {
	/** @type {LoadedNode[]} */
	const loaded = [];
	for (const type of NODE_TYPES) {
		/** @type {Answer<{ displayName: string, version: number | number[] }[]>} */
		const answer = await api.try('POST', '/node-types', {
			nodeInfos: [{ name: type, version: 1 }],
		});
		const description = answer.ok ? answer.data?.[0] : undefined;
		if (!description) {
			const why = answer.ok ? 'no description' : answer.message;
			throw new Failure(`n8n did not load the node ${type} (${why}).`);
		}
		loaded.push({
			type,
			name: description.displayName,
			version: latest(description.version),
		});
	}
	/** @type {Answer<{ packageName: string, installedVersion: string }[]>} */
	const listed = await api.try('GET', '/community-packages');
	if (
		listed.data?.some(
			(entry) => entry.packageName === OUR.name && entry.installedVersion === OUR.version,
		)
	)
		return;
	register(node, loaded);
}

/**
 * n8n lists what its own installer brought; a package laid beside it by npm needs the row that installer writes.
 * @param {string} node
 * @param {LoadedNode[]} nodes
 */
function register(node, nodes) {
	const script = fileURLToPath(new URL('register-package.mjs', import.meta.url));
	/** @type {Entry} */
	const entry = {
		database: join(DATA, 'database.sqlite'),
		name: OUR.name,
		version: OUR.version,
		author: OUR.author,
		nodes,
	};
	const { status, stderr } = spawnSync(node, ['--no-warnings', script, JSON.stringify(entry)], {
		encoding: 'utf8',
	});
	if (status !== 0)
		throw new Failure(
			`The package could not be listed in n8n's settings: ${stderr.trim().split('\n').at(-1)}`,
		);
}

/** @param {number | number[]} version */
function latest(version) {
	return Array.isArray(version) ? Math.max(...version) : version;
}
