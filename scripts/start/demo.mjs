import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { explain, Failure } from '../lib/failure.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { packProject } from '../lib/pack.mjs';
import { inDemo, inProject, ROOT } from '../lib/paths.mjs';
import { ensureBuilt } from '../lib/tools.mjs';
import { Bookkeeper } from './booked.mjs';
import { N8nApi } from './n8n-api.mjs';
import { N8N_HOME } from './n8n-env.mjs';
import { watchGrowth } from './growth.mjs';
import { ensureDatabaseDriver, ensureN8n, n8nIsHere } from './n8n-install.mjs';
import { checkLoaded, installIntoN8n, NODE_TYPES } from './n8n-package.mjs';
import { startN8n } from './n8n-server.mjs';
import { ensureNode24 } from './node24.mjs';
import { N8N_VERSION, OWNER } from './options.mjs';
import { checkDisk, takeLock, usablePort } from './preflight.mjs';
import { Progress } from './progress.mjs';
import { buy } from './purchase.mjs';
import { ensureCredential, ensureWorkflow, logIn } from './setup.mjs';
import { showEsim } from './show.mjs';
import { startDemoSimulator } from './simulator.mjs';

/** What n8n and the project's dependencies take, npm's cache for them included. */
const N8N_GIGABYTES = 4;
const DEPENDENCIES_GIGABYTES = 1.5;

const STEPS = 13;

/** The whole demo, from a fresh clone to an open editor. Resolves with the exit code. */
export async function startDemo(options) {
	const progress = new Progress(STEPS);
	const ports = await progress.step('This machine', () => prepare(options));
	const node = await bringParts(progress);
	const simulator = await progress.step('Simulator', () => startDemoSimulator(ports.simulatorPort));
	const server = await progress.step(`n8n ${N8N_VERSION} starts`, () => startN8n(node.binary, ports));
	const api = new N8nApi(server.url);
	await progress.step('Login and nodes', async () => {
		const login = await logIn(api);
		await checkLoaded(api, node.binary);
		return `${login}, ${NODE_TYPES.length} node type(s) loaded`;
	});
	const workflow = await progress.step('Credential and workflow', async () => {
		return await ensureWorkflow(api, await ensureCredential(api, simulator.access));
	});
	const bought = await progress.step('Buying an eSIM', (note) => purchase({ api, workflow, simulator, note })).catch((error) => {
		if (options.once) throw error;
		return { problem: explain(error) };
	});
	await report(bought, { server, simulator, workflow });
	return options.once ? 0 : await untilSomethingEnds(server, simulator);
}

async function prepare(options) {
	takeLock();
	if (options.reset) rmSync(N8N_HOME, { recursive: true, force: true });
	mkdirSync(N8N_HOME, { recursive: true });
	const ports = {
		n8nPort: await usablePort(options.n8nPort, 'n8n', '--n8n-port'),
		simulatorPort: await usablePort(options.simulatorPort, 'the simulator', '--simulator-port'),
		brokerPort: await usablePort(options.brokerPort, "n8n's task broker", '--broker-port'),
	};
	checkDisk((n8nIsHere() ? 0 : N8N_GIGABYTES) + (existsSync(inProject('node_modules')) ? 0 : DEPENDENCIES_GIGABYTES));
	return ports;
}

async function bringParts(progress) {
	await progress.step('Dependencies', installDependencies);
	await progress.step('Build', async () => ((await ensureBuilt()) ? 'built' : 'up to date'));
	const tarball = await progress.step('Pack', () => packProject(inDemo('package')));
	const node = await progress.step('Node 24 for n8n', ensureNode24);
	await progress.step(`n8n ${N8N_VERSION}`, ensureN8n);
	await progress.step("n8n's database driver", () => ensureDatabaseDriver(node));
	await progress.step('Package into n8n', () => installIntoN8n(tarball));
	return node;
}

async function installDependencies(note) {
	const stopWatching = watchGrowth(ROOT, note);
	try {
		return (await ensureInstalled()) ? 'installed' : 'up to date';
	} finally {
		stopWatching();
	}
}

async function purchase({ api, workflow, simulator, note }) {
	const books = new Bookkeeper(simulator.access);
	const before = await books.balance();
	const { executionId, items } = await buy(api, workflow, note);
	if (items.length === 0) throw new Failure('The workflow ran, but its output holds no order with an activation code.');
	const checks = [];
	for (const item of items) checks.push(await books.check(item, before));
	return { executionId, items, paid: checks[0].paid };
}

async function report({ problem, items, paid, executionId }, { server, simulator, workflow }) {
	const say = (text = '') => process.stdout.write(`${text}\n`);
	say();
	if (problem) {
		say(`✖ Nothing was bought: ${problem}`);
	} else {
		say(`Bought in n8n by the workflow "${workflow.name}", and found in the simulator's books (${paid} paid):`);
		for (const item of items) await showEsim(item);
	}
	say();
	say(`  Editor    ${server.url}/workflow/${workflow.id}${executionId ? `/executions/${executionId}` : ''}`);
	say(`  Login     ${OWNER.email}   ${OWNER.password}`);
	say(`  Simulator ${simulator.access.baseUrl}`);
	say(`  Logs      ${relative(ROOT, inDemo('logs'))}`);
	say();
}

async function untilSomethingEnds(server, simulator) {
	process.stdout.write('n8n stays open. Ctrl-C ends it.\n');
	const ended = await Promise.race([server.child.done.then(() => ['n8n', server]), simulator.child.done.then(() => ['The simulator', simulator])]);
	throw new Failure(`${ended[0]} ended by itself. Start again.`, { log: ended[1].log });
}
