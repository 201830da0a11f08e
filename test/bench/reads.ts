/**
 * What is read of many eSIMs and orders: eSIM → Get, eSIM → Get Events and Order → Get, against the HTTP Request
 * node, which sends all its requests at once. Both in the same engine, in turns, without the rest of n8n: there each
 * request costs so little that the ten at once are what counts. `realReads` has the whole of it.
 *
 *   npm run bench -- reads [items]
 */
import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../simulator';
import { createEngine, type Engine } from '../engine/harness';
import { credentialOf } from '../engine/support/microesim';
import { paired } from './support/paired';
import {
	itemsToRead,
	LATENCY_MS,
	READS,
	reportRead,
	timedRead,
	type Read,
} from './support/reading';
import { isSmoke } from './support/report';
import { placeOrders, runByHand, runNode } from './support/run';

const ITEMS = Number(process.argv[2] ?? 150);
const REPEATS = isSmoke ? 1 : 7;

async function compare(
	engine: Engine,
	simulator: Simulator,
	given: IDataObject[],
	read: Read,
): Promise<void> {
	const credential = credentialOf(simulator);
	const input = given.map((json) => ({ json }));
	let most = 0;
	const measured = await paired(
		{
			ours: async () => {
				const seconds = await timedRead(simulator, ITEMS, async () => {
					const result = await runNode(engine, credential, read.parameters, input);
					return result.items().length;
				});
				most = Math.max(most, simulator.mostOpen(read.endpoint));
				return seconds;
			},
			theirs: async () =>
				await timedRead(simulator, ITEMS, async () => {
					const result = await runByHand(engine, read.byHand, credential, input);
					return result.items().length;
				}),
		},
		REPEATS,
	);
	reportRead(read, 'engine alone', measured, { items: ITEMS, most, isJudged: false });
}

async function main(): Promise<void> {
	const simulator = await startSimulator({
		plans: 0,
		balance: 10_000_000,
		deliveryMs: 0,
		latencyMs: LATENCY_MS,
	});
	const engine = await createEngine();
	await placeOrders(engine, simulator, ITEMS);
	await simulator.clock.advance(86_400_000);
	const given = itemsToRead(simulator);
	for (const read of READS) await compare(engine, simulator, given, read);
	engine.close();
	await simulator.stop();
}

void main();
