/**
 * What one n8n carries: executions a second of a webhook that buys one order each (Order → Create) and answers with its
 * ID, in a real n8n of one process, as it comes and with its engine only when needed, and in queue mode with one worker;
 * and what n8n keeps of each. docs/scaling.md builds on it.
 *
 *   npm run bench -- executions [orders in each turn]
 */
import { randomUUID } from 'node:crypto';

import { startSimulator, type Simulator } from '../../simulator';
import { post } from '../e2e/bench';
import {
	executionsFrom,
	readSetup,
	saveCredential,
	startN8n,
	startQueueN8n,
	type CredentialRef,
	type EditorApi,
} from '../e2e/harness';
import { SAMPLE_PLAN } from '../engine/support/microesim';
import { figuresOf, inWords } from './support/figures';
import {
	activateChain,
	LAZY_ENGINE,
	runsThatEnded,
	whenServed,
	type FlowNode,
} from './support/realFlows';
import { isSmoke, report } from './support/report';

const ORDERS = Number(process.argv[2] ?? 100);
const REPEATS = isSmoke ? 1 : 3;
const BUYERS = 10;

interface Place {
	name: string;
	start(): Promise<{ api: EditorApi; webhooks: string; stop(): Promise<void> }>;
}

const oneProcess = async (env: Record<string, string>) => {
	const n8n = await startN8n(env);
	return { api: n8n.api, webhooks: n8n.url, stop: n8n.stop };
};

const PLACES: Place[] = [
	{ name: 'one process, as it comes', start: async () => await oneProcess({}) },
	{
		name: 'one process, engine only when needed',
		start: async () => await oneProcess(LAZY_ENGINE),
	},
	{
		name: 'queue mode, one worker, engine only when needed',
		async start() {
			const n8n = await startQueueN8n({ workers: 1, env: LAZY_ENGINE });
			return { api: n8n.api, webhooks: n8n.webhooks[0], stop: n8n.stop };
		},
	},
];

const buyer = (credential: CredentialRef): FlowNode => ({
	name: 'Buy',
	type: 'n8n-nodes-microesim.microesim',
	typeVersion: 1,
	parameters: {
		resource: 'order',
		operation: 'create',
		planId: { __rl: true, mode: 'id', value: SAMPLE_PLAN },
		customOrderNo: '={{ $json.body.order }}',
	},
	credentials: { microesimApi: credential },
});

function shopOrder(path: string): FlowNode {
	return {
		name: 'Shop Order',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		webhookId: path,
	};
}

/** Buys so many, each in an execution of its own. @throws Error where one was not bought */
async function buyAll(url: string): Promise<void> {
	const orders = Array.from({ length: ORDERS }, () => randomUUID().slice(0, 20));
	const waiting = orders[Symbol.iterator]();
	const ids = new Set<unknown>();
	const buy = async () => {
		for (const order of waiting) {
			const { status, text } = await post(url, JSON.stringify({ order }));
			if (status !== 200) throw new Error(`n8n answered ${status}: ${text.slice(0, 300)}`);
			ids.add((JSON.parse(text) as { topup_id?: string }).topup_id);
		}
	};
	await Promise.all(Array.from({ length: BUYERS }, buy));
	if (ids.size !== ORDERS) throw new Error(`${ids.size} of ${ORDERS} orders`);
}

async function measure({ name, start }: Place, simulator: Simulator): Promise<void> {
	const { api, webhooks, stop } = await start();
	try {
		const credential = await saveCredential(api, simulator);
		const path = randomUUID();
		const flow = await activateChain(api, path, [shopOrder(path), buyer(credential)]);
		const url = `${webhooks}/webhook/${path}`;
		await whenServed(url);
		const perSecond: number[] = [];
		for (let repeat = 0; repeat <= REPEATS; repeat++) {
			const since = performance.now();
			await buyAll(url);
			await runsThatEnded(api, flow.id);
			perSecond.push((1000 * ORDERS) / (performance.now() - since));
		}
		const kept = await executionsFrom(api, 1, Math.min(ORDERS, 20));
		const bytes = figuresOf(kept.map(({ data }) => Buffer.byteLength(data) / 1024));
		const figures = figuresOf(perSecond.slice(1));
		report({
			work: `Orders, an execution each, real n8n, ${name}`,
			against: '–',
			measured: `${inWords(figures, 'a second', 1)}, ${Math.round((figures.median * 86_400) / 1000)} thousand a day; n8n keeps ${inWords(bytes, 'KiB', 1)} of each`,
			target: 'shown',
			reached: true,
		});
	} finally {
		await stop();
	}
}

async function main(): Promise<void> {
	const simulator = await startSimulator({ deliveryMs: 0, balance: 100_000_000 });
	const places = readSetup().queue ? PLACES : PLACES.slice(0, 2);
	for (const place of places) await measure(place, simulator);
	await simulator.stop();
}

void main();
