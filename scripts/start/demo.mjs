import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { explain, Failure } from '../lib/failure.mjs';
import { inDemo, inProject, ROOT } from '../lib/paths.mjs';
import { filledIn } from './filled-in.mjs';
import { startMailServer } from './mail-server.mjs';
import { N8nApi } from './n8n-api.mjs';
import { N8N_HOME } from './n8n-env.mjs';
import { n8nIsHere } from './n8n-install.mjs';
import { checkLoaded, NODE_TYPES } from './n8n-package.mjs';
import { startN8n } from './n8n-server.mjs';
import { N8N_VERSION } from './options.mjs';
import { bringParts, PARTS } from './parts.mjs';
import { checkDisk, takeLock, usablePort } from './preflight.mjs';
import { Progress } from './progress.mjs';
import { ensureCredentials, logIn } from './setup.mjs';
import { say, showDoors } from './show.mjs';
import { startDemoSimulator } from './simulator.mjs';
import { STORY, tellStory } from './story.mjs';
import {
	callbackPath,
	ensurePublished,
	ensureServed,
	ensureWorkflow,
	FLOWS,
	OTHERS,
} from './workflows.mjs';

/** What n8n and the project's dependencies take, npm's cache for them included. */
const N8N_GIGABYTES = 4.5;
const DEPENDENCIES_GIGABYTES = 1.5;

const STEPS = PARTS + 7 + STORY;

/** @typedef {import('./options.mjs').Options} Options */

/**
 * What the demo's workflows need; `callback`: the address where the simulator pushes to.
 * @typedef {object} Parts
 * @property {import('./n8n-server.mjs').Server} server
 * @property {import('./node24.mjs').Node24} node
 * @property {import('./simulator.mjs').DemoSimulator} simulator
 * @property {import('./mail-server.mjs').MailServer} post
 * @property {string} callback
 */

/**
 * The whole demo, from a fresh clone to an open editor.
 * @param {Options} options
 * @returns {Promise<0>} the exit code
 */
export async function startDemo(options) {
	const progress = new Progress(STEPS);
	const ports = await progress.step('This machine', () => prepare(options));
	const node = await bringParts(progress, { home: N8N_HOME, packed: inDemo('package') });
	const callback = `http://127.0.0.1:${ports.n8nPort}${callbackPath()}`;
	// it is ready long before n8n is
	const starting = startDemoSimulator(ports.simulatorPort, callback);
	starting.catch(() => {});
	const post = await progress.step('Mail server', () => startMailServer(inDemo('mails')));
	try {
		const server = await progress.step(`n8n ${N8N_VERSION} starts`, () =>
			startN8n(node.binary, ports),
		);
		const simulator = await progress.step('Simulator', () => starting);
		const parts = { server, node, simulator, post, callback };
		const { api, flows } = await setUp(progress, parts);
		if (!options.once) say(`The editor is open: ${server.url}`);
		const stage = { api, flows, access: simulator.access, post };
		const execution = await tellStory(progress, stage).catch((error) => {
			if (options.once) throw error;
			// everything stays open, so that it can be looked into
			say(`\n✖ ${explain(error)}\n`);
		});
		if (options.once) return 0;
		const shown = execution ? `/executions/${execution}` : '';
		showDoors(`${server.url}/workflow/${flows.shop.id}${shown}`, simulator.access);
		post.onMail = ({ to, page }) => say(`A mail to ${to}: ${relative(ROOT, page)}`);
		return await untilSomethingEnds(server, simulator);
	} finally {
		await post.stop();
	}
}

/**
 * @param {Progress} progress
 * @param {Parts} parts
 */
async function setUp(progress, { server, node, simulator, post, callback }) {
	const api = new N8nApi(server.url);
	await progress.step('Login and nodes', async () => {
		const login = await logIn(api);
		await checkLoaded(api, node.binary);
		return `${login}, ${NODE_TYPES.length} node type(s) loaded`;
	});
	const flows = await progress.step('Credentials and workflows', async () => {
		const credentials = await ensureCredentials(api, simulator.access, post.port);
		/** @type {Record<string, string>} */
		const calls = {};
		/** @type {import('./workflows.mjs').Workflow[]} */
		const found = [];
		for (const file of [...Object.values(FLOWS), ...OTHERS]) {
			const fill = filledIn(callback)[file];
			const workflow = await ensureWorkflow(api, file, { credentials, calls, fill });
			calls[workflow.name] = workflow.id;
			found.push(workflow);
		}
		const named = Object.keys(FLOWS).map((name, index) => [name, found[index]]);
		return /** @type {import('./story.mjs').Flows} */ (Object.fromEntries(named));
	});
	await progress.step('Publishing', async () => {
		for (const flow of [flows.ledger, flows.mail]) await ensurePublished(api, flow);
		await ensureServed(api, flows.delivered, callback);
	});
	return { api, flows };
}

/** @param {Options} options */
async function prepare(options) {
	takeLock();
	if (options.reset) rmSync(N8N_HOME, { recursive: true, force: true });
	mkdirSync(N8N_HOME, { recursive: true });
	const ports = {
		n8nPort: await usablePort(options.n8nPort, 'n8n', '--n8n-port'),
		simulatorPort: await usablePort(options.simulatorPort, 'the simulator', '--simulator-port'),
		brokerPort: await usablePort(options.brokerPort, "n8n's task broker", '--broker-port'),
	};
	checkDisk(
		(n8nIsHere() ? 0 : N8N_GIGABYTES) +
			(existsSync(inProject('node_modules')) ? 0 : DEPENDENCIES_GIGABYTES),
	);
	return ports;
}

/**
 * @param {Parts['server']} server
 * @param {Parts['simulator']} simulator
 * @returns {Promise<never>}
 */
async function untilSomethingEnds(server, simulator) {
	say('n8n stays open. Ctrl-C ends it.');
	const ended = await Promise.race([
		server.child.done.then(() => ({ name: 'n8n', log: server.log })),
		simulator.child.done.then(() => ({ name: 'The simulator', log: simulator.log })),
	]);
	throw new Failure(`${ended.name} ended by itself. Start again.`, { log: ended.log });
}
