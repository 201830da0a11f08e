import { N8N_VERSION } from '../start/options.mjs';

/**
 * A version of n8n, and the versions of its parts. `server`: whether a real server of it is brought and run, too.
 * @typedef {{ n8n: string, core: string, workflow: string, nodes: string, server: boolean }} Version
 */

/** @type {Version[]} */
const OLDER = [
	{ n8n: '1.123.81', core: '1.122.48', workflow: '1.120.31', nodes: '1.121.53', server: false },
	{ n8n: '2.8.4', core: '2.8.1', workflow: '2.8.0', nodes: '2.8.1', server: false },
	{ n8n: '2.20.12', core: '2.20.6', workflow: '2.20.3', nodes: '2.20.7', server: true },
	{ n8n: '2.30.8', core: '2.30.4', workflow: '2.30.2', nodes: '2.30.5', server: false },
	{ n8n: '2.40.7', core: '2.40.3', workflow: '2.40.1', nodes: '2.40.2', server: true },
];

/**
 * The matrix, oldest first; the last one is the version that everything else is tested with.
 * @param {{ devDependencies: Record<string, string> }} manifest the project's package.json
 * @returns {Version[]}
 */
export function versions({ devDependencies }) {
	const part = (/** @type {string} */ name) => devDependencies[name] ?? '';
	const newest = {
		n8n: N8N_VERSION,
		core: part('n8n-core'),
		workflow: part('n8n-workflow'),
		nodes: part('n8n-nodes-base'),
		server: true,
	};
	return [...OLDER, newest];
}
