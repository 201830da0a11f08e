import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { explain, Failure } from '../lib/failure.mjs';
import { inDemo, inProject, ROOT } from '../lib/paths.mjs';
import { Bookkeeper } from './booked.mjs';
import { startMailServer } from './mail-server.mjs';
import { mailsOf, showMail } from './mailed.mjs';
import { N8nApi } from './n8n-api.mjs';
import { N8N_HOME } from './n8n-env.mjs';
import { n8nIsHere } from './n8n-install.mjs';
import { checkLoaded, NODE_TYPES } from './n8n-package.mjs';
import { startN8n } from './n8n-server.mjs';
import { N8N_VERSION, OWNER } from './options.mjs';
import { bringParts, PARTS } from './parts.mjs';
import { checkDisk, takeLock, usablePort } from './preflight.mjs';
import { Progress } from './progress.mjs';
import { buy } from './purchase.mjs';
import {
	BUY,
	callbackPath,
	ensureActive,
	ensureCredentials,
	ensureWorkflow,
	logIn,
	MAIL,
} from './setup.mjs';
import { showEsim } from './show.mjs';
import { startDemoSimulator } from './simulator.mjs';

/** What n8n and the project's dependencies take, npm's cache for them included. */
const N8N_GIGABYTES = 4.5;
const DEPENDENCIES_GIGABYTES = 1.5;

const STEPS = PARTS + 9;

/** The whole demo, from a fresh clone to an open editor. Resolves with the exit code. */
export async function startDemo(options) {
	const progress = new Progress(STEPS);
	const ports = await progress.step('This machine', () => prepare(options));
	const node = await bringParts(progress, { home: N8N_HOME, packed: inDemo('package') });
	const callback = `http://127.0.0.1:${ports.n8nPort}${callbackPath()}`;
	const simulator = await progress.step('Simulator', () =>
		startDemoSimulator(ports.simulatorPort, callback),
	);
	const post = await progress.step('Mail server', () => startMailServer(inDemo('mails')));
	try {
		const server = await progress.step(`n8n ${N8N_VERSION} starts`, () =>
			startN8n(node.binary, ports),
		);
		const { api, workflow, mailing } = await setUp(progress, {
			server,
			node,
			simulator,
			post,
			callback,
		});
		const bought = await progress
			.step('Buying an eSIM', (note) => purchase({ api, workflow, simulator, note }))
			.catch(orProblem(options));
		await showBought(bought, workflow);
		if (!bought.problem) {
			const mailed = await progress
				.step('Mail with its QR code', (note) => mailsOf(post, bought.items, note))
				.catch(orProblem(options));
			showMailed(mailed, mailing);
		}
		if (options.once) return 0;
		showDoors(bought, { server, simulator, workflow });
		post.onMail = ({ to, page }) => say(`A mail to ${to}: ${relative(ROOT, page)}`);
		return await untilSomethingEnds(server, simulator);
	} finally {
		await post.stop();
	}
}

/** Without --once a failure is told, and everything stays open so that it can be looked into. */
function orProblem({ once }) {
	return (error) => {
		if (once) throw error;
		return { problem: explain(error) };
	};
}

async function setUp(progress, { server, node, simulator, post, callback }) {
	const api = new N8nApi(server.url);
	await progress.step('Login and nodes', async () => {
		const login = await logIn(api);
		await checkLoaded(api, node.binary);
		return `${login}, ${NODE_TYPES.length} node type(s) loaded`;
	});
	const [workflow, mailing] = await progress.step('Credentials and workflows', async () => {
		const credentials = await ensureCredentials(api, simulator.access, post.port);
		return [
			await ensureWorkflow(api, BUY, credentials),
			await ensureWorkflow(api, MAIL, credentials),
		];
	});
	await progress.step('Activation', () => ensureActive(api, mailing, callback));
	return { api, workflow, mailing };
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
	checkDisk(
		(n8nIsHere() ? 0 : N8N_GIGABYTES) +
			(existsSync(inProject('node_modules')) ? 0 : DEPENDENCIES_GIGABYTES),
	);
	return ports;
}

async function purchase({ api, workflow, simulator, note }) {
	const books = new Bookkeeper(simulator.access);
	const before = await books.balance();
	const { executionId, items } = await buy(api, workflow, note);
	if (items.length === 0)
		throw new Failure('The workflow ran, but its output holds no order with an activation code.');
	const checks = [];
	for (const item of items) checks.push(await books.check(item, before));
	return { executionId, items, paid: checks[0].paid };
}

async function showBought({ problem, items, paid }, workflow) {
	if (problem) {
		say(`\n✖ Nothing to show: ${problem}\n`);
		return;
	}
	say(
		`\nBought in n8n by the workflow "${workflow.name}", and found in the simulator's books (${paid} paid):`,
	);
	for (const item of items) await showEsim(item);
	say();
}

function showMailed(mailed, { name }) {
	if (mailed.problem) {
		say(`\n✖ No mail to show: ${mailed.problem}\n`);
		return;
	}
	say(`\nPushed to n8n when it was ready, and mailed by the workflow "${name}":`);
	mailed.forEach((entry) => showMail(entry));
	say();
}

function showDoors({ executionId }, { server, simulator, workflow }) {
	say(
		`  Editor    ${server.url}/workflow/${workflow.id}${executionId ? `/executions/${executionId}` : ''}`,
	);
	say(`  Login     ${OWNER.email}   ${OWNER.password}`);
	say(`  Simulator ${simulator.access.baseUrl}`);
	say(
		`  Mails     ${relative(ROOT, inDemo('mails'))} (whatever the simulator sells is pushed to n8n and mailed)`,
	);
	say(`  Logs      ${relative(ROOT, inDemo('logs'))}`);
	say();
}

function say(text = '') {
	process.stdout.write(`${text}\n`);
}

async function untilSomethingEnds(server, simulator) {
	say('n8n stays open. Ctrl-C ends it.');
	const ended = await Promise.race([
		server.child.done.then(() => ['n8n', server]),
		simulator.child.done.then(() => ['The simulator', simulator]),
	]);
	throw new Failure(`${ended[0]} ended by itself. Start again.`, { log: ended[1].log });
}
