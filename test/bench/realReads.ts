/**
 * What is read of many eSIMs and orders in a real n8n: eSIM → Get, eSIM → Get Events and Order → Get, against the HTTP
 * Request node. A webhook takes the items and answers with what came out, so both are whole executions.
 *
 *   npm run bench -- realReads [items]
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { post, startBench, type Bench } from '../e2e/bench';
import { paired } from './support/paired';
import {
	itemsToRead,
	LATENCY_MS,
	READS,
	reportRead,
	timedRead,
	type Read,
} from './support/reading';
import { activateChain, type ActiveFlow, type FlowNode } from './support/realFlows';
import { isSmoke } from './support/report';

const ITEMS = Number(process.argv[2] ?? 150);
const REPEATS = isSmoke ? 1 : 7;

const EACH_ITEM: FlowNode = {
	name: 'Each Item',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.items', options: {} },
};

function webhookNode(path: string): FlowNode {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
		webhookId: path,
	};
}

/** The node that reads, behind a webhook that takes the items. */
async function activate({ n8n, credential }: Bench, reader: FlowNode): Promise<ActiveFlow> {
	const path = randomUUID();
	return await activateChain(n8n.api, path, [
		webhookNode(path),
		EACH_ITEM,
		{ ...reader, credentials: { microesimApi: credential } },
	]);
}

const ownNode = (parameters: INodeParameters): FlowNode => ({
	name: 'MicroeSIM',
	type: 'n8n-nodes-microesim.microesim',
	typeVersion: 1,
	parameters,
});

function nodeByHand(name: string): FlowNode {
	const file = readFileSync(join(__dirname, 'by-hand', `${name}.json`), 'utf8');
	const { nodes } = JSON.parse(file) as { nodes: [FlowNode] };
	return nodes[0];
}

/** @returns how many items came out @throws Error where the execution failed */
async function run({ url }: ActiveFlow, items: IDataObject[]): Promise<number> {
	const { status, text } = await post(url, JSON.stringify({ items }));
	if (status !== 200) throw new Error(`n8n answered ${status}: ${text.slice(0, 300)}`);
	return (JSON.parse(text) as unknown[]).length;
}

async function compare(bench: Bench, items: IDataObject[], read: Read): Promise<void> {
	const { simulator } = bench;
	const ours = await activate(bench, ownNode(read.parameters));
	const theirs = await activate(bench, nodeByHand(read.byHand));
	let most = 0;
	const measured = await paired(
		{
			ours: async () => {
				const seconds = await timedRead(simulator, ITEMS, async () => await run(ours, items));
				most = Math.max(most, simulator.mostOpen(read.endpoint));
				return seconds;
			},
			theirs: async () => await timedRead(simulator, ITEMS, async () => await run(theirs, items)),
		},
		REPEATS,
	);
	reportRead(read, 'real n8n', measured, { items: ITEMS, most, isJudged: true });
}

async function main(): Promise<void> {
	const bench = await startBench();
	const { simulator } = bench;
	try {
		for (let index = 0; index < ITEMS; index++) await bench.buy();
		await simulator.clock.advance(86_400_000);
		const items = itemsToRead(simulator);
		simulator.faults.always('*', { kind: 'slow', ms: LATENCY_MS });
		for (const read of READS) await compare(bench, items, read);
	} finally {
		await bench.stop();
	}
}

void main();
