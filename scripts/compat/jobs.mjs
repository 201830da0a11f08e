import { NODE_24 } from '../start/options.mjs';
import { testEngine } from './engine.mjs';
import { testServer } from './server.mjs';

/** @typedef {import('./versions.mjs').Version} Version */
/** @typedef {import('../lib/jest.mjs').Sums} Sums */

/**
 * One part of n8n in one version, the Node that it runs on, and the command that tests it alone.
 * @typedef {{ n8n: string, part: string, version: string, node: string, command: string, run: () => Promise<Sums> }} Job
 */

/**
 * @param {Version} version
 * @returns {Job}
 */
const engineJob = (version) => ({
	n8n: version.n8n,
	part: 'engine, in process',
	version: `${version.n8n} (n8n-core ${version.core}, n8n-workflow ${version.workflow})`,
	node: process.versions.node,
	command: `npm run test:compat -- --engine ${version.n8n}`,
	run: async () => await testEngine(version),
});

/**
 * @param {Version} version
 * @returns {Job}
 */
const serverJob = (version) => ({
	n8n: version.n8n,
	part: 'server, SQLite',
	version: version.n8n,
	node: NODE_24,
	command: `npm run test:compat -- --servers ${version.n8n}`,
	run: async () => await testServer(version),
});

/**
 * All there is to run, in the order of the table in docs/compatibility.md.
 * @param {Version[]} versions oldest first
 * @returns {{ engine: Job[], servers: Job[] }}
 */
export const jobsFor = (versions) => ({
	engine: versions.map(engineJob),
	servers: versions.filter(({ server }) => server).map(serverJob),
});
