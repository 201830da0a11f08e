/**
 * What is read of many eSIMs and orders: eSIM → Get, eSIM → Get Events and Order → Get, against the HTTP Request
 * node, which sends all its requests at once. Both in the same engine, in turns.
 *
 *   npm run bench -- reads [items]
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../simulator';
import { createEngine, type Engine } from '../engine/harness';
import { credentialOf } from '../engine/support/microesim';
import { figuresOf, inWords } from './support/figures';
import { paired } from './support/paired';
import { isSmoke, report } from './support/report';
import { placeOrders, runByHand, runNode } from './support/run';

const ITEMS = Number(process.argv[2] ?? 150);
const LATENCY_MS = 60;
const REPEATS = isSmoke ? 1 : 7;

interface Read {
	name: string;
	parameters: INodeParameters;
	endpoint: string;
	byHand: string;
}

const READS: Read[] = [
	{
		name: 'eSIM → Get',
		parameters: {
			resource: 'esim',
			operation: 'get',
			topupId: '={{ $json.id }}',
			deviceId: '={{ $json.device }}',
		},
		endpoint: 'deviceDetail',
		byHand: 'state-of-esims',
	},
	{
		name: 'eSIM → Get Events',
		parameters: { resource: 'esim', operation: 'getEvents', deviceId: '={{ $json.device }}' },
		endpoint: 'eventDetail',
		byHand: 'events-of-esims',
	},
	{
		name: 'Order → Get',
		parameters: { resource: 'order', operation: 'get', topupId: '={{ $json.id }}' },
		endpoint: 'topupDetail',
		byHand: 'state-of-orders',
	},
];

async function buy(engine: Engine, simulator: Simulator): Promise<IDataObject[]> {
	await placeOrders(engine, simulator, ITEMS);
	await simulator.clock.advance(86_400_000);
	return simulator.ledger.map(({ topup_id, esims }) => ({
		url: simulator.url,
		id: topup_id,
		device: esims[0]!.device_id,
	}));
}

async function compare(
	engine: Engine,
	simulator: Simulator,
	given: IDataObject[],
	{ name, parameters, endpoint, byHand }: Read,
): Promise<void> {
	const credential = credentialOf(simulator);
	const input = given.map((json) => ({ json }));
	const timed = async (run: () => Promise<{ items(): unknown[] }>): Promise<number> => {
		simulator.forgetMostOpen();
		simulator.requests.length = 0;
		const since = performance.now();
		const result = await run();
		const seconds = (performance.now() - since) / 1000;
		const answered = simulator.requests.filter(({ status }) => status === 200).length;
		if (answered !== ITEMS || result.items().length < ITEMS)
			throw new Error(`${name}: ${answered} answers, ${result.items().length} items`);
		return seconds;
	};
	let most = 0;
	const measured = await paired(
		{
			ours: async () => {
				const seconds = await timed(
					async () => await runNode(engine, credential, parameters, input),
				);
				most = Math.max(most, simulator.mostOpen(endpoint));
				return seconds;
			},
			theirs: async () =>
				await timed(async () => await runByHand(engine, byHand, credential, input)),
		},
		REPEATS,
	);
	const [ours, theirs] = [figuresOf(measured.ours), figuresOf(measured.theirs)];
	const ratio = theirs.median / ours.median;
	report({
		work: `${name} of ${ITEMS} items, ${LATENCY_MS} ms an answer`,
		against: 'HTTP Request, all at once',
		measured: `${ratio.toFixed(2)} × its speed, ${inWords(ours, 's')} against ${inWords(theirs, 's')}; at most ${most} on their way`,
		target: '≥ 0.8 × its speed, at most 10 on their way',
		reached: ratio >= 0.8 && most <= 10,
	});
}

async function main(): Promise<void> {
	const simulator = await startSimulator({
		plans: 0,
		balance: 10_000_000,
		deliveryMs: 0,
		latencyMs: LATENCY_MS,
	});
	const engine = await createEngine();
	const given = await buy(engine, simulator);
	for (const read of READS) await compare(engine, simulator, given, read);
	engine.close();
	await simulator.stop();
}

void main();
