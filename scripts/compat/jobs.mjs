import { n8nOf } from '../start/n8n-install.mjs';
import { NODE_24 } from '../start/options.mjs';
import { bringN8n, N8N_PARTS } from '../start/parts.mjs';
import { Progress } from '../start/progress.mjs';
import { ensureEngine, testEngine } from './engine.mjs';
import { testServer } from './server.mjs';

/** @typedef {import('./versions.mjs').Version} Version */
/** @typedef {import('../lib/jest.mjs').Sums} Sums */

/**
 * One part of n8n in one version, the Node that it runs on, and the command that tests it alone. `bring` gets it; `run`
 * does so where nobody has.
 * @typedef {{ n8n: string, part: string, version: string, node: string, command: string, bring: () => Promise<unknown>, run: () => Promise<Sums> }} Job
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
	bring: async () => await ensureEngine(version),
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
	bring: async () => await bringN8n(new Progress(N8N_PARTS), n8nOf(version.n8n)),
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
