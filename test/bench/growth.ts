/**
 * What an item costs among a thousand, ten thousand and a hundred thousand: Data Plan Get Many, Order Create and Order
 * Get in the real engine, while MicroeSIM answers at once. Linear is the same for each item.
 *
 *   npm run bench -- growth [items at most]
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { createEngine, type Engine } from '../engine/harness';
import { planById, SAMPLE_PLAN } from '../engine/support/microesim';
import { figuresOf } from './support/figures';
import { heapInUse } from './support/heap';
import { report } from './support/report';
import { runNode } from './support/run';
import { startSimulatorApart, type SimulatorApart } from './support/simulatorApart';
import { timed } from './support/timed';

const MOST = Number(process.argv[2] ?? 100_000);
const SIZES = [MOST / 100, MOST / 10, MOST];
/** So often each size counts: what is small needs more of them to say anything. */
const REPEATS = [5, 1, 1];
/** Of an item among the most to one among the fewest. */
const ALLOWED = 1.3;
/** Reads go to few orders, because those of a simulator cost it time by their number. */
const ORDERS = 50;

interface Work {
	name: string;
	parameters: INodeParameters;
	/** What the item of this index holds; one item for all where there is none. */
	item?: (index: number) => IDataObject;
}

const GET_MANY: Work = {
	name: 'Data Plan Get Many',
	parameters: { resource: 'dataPlan', operation: 'getMany', filters: { onSaleOnly: false } },
};

const CREATE: Work = {
	name: 'Order Create',
	parameters: { resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN) },
	item: () => ({}),
};

/** @returns milliseconds */
async function take(
	engine: Engine,
	{ credential }: SimulatorApart,
	{ name, parameters, item }: Work,
	count: number,
): Promise<number> {
	const input = item
		? Array.from({ length: count }, (_, index) => ({ json: item(index) }))
		: [{ json: {} }];
	const limited = item ? parameters : { ...parameters, returnAll: false, limit: count };
	heapInUse();
	let given = 0;
	const time = await timed(async () => {
		given = (await runNode(engine, credential, limited, input)).items().length;
	});
	if (given !== count) throw new Error(`${name}: ${given} of ${count} items`);
	return time;
}

async function measure(engine: Engine, simulator: SimulatorApart, work: Work): Promise<void> {
	await take(engine, simulator, work, SIZES[0]!);
	const each: number[] = [];
	for (const [index, count] of SIZES.entries()) {
		const times: number[] = [];
		for (let repeat = 0; repeat < REPEATS[index]!; repeat++)
			times.push((await take(engine, simulator, work, count)) / count);
		each.push(figuresOf(times).median);
	}
	const ratio = each.at(-1)! / each[0]!;
	const shown = SIZES.map(
		(count, index) => `${count.toLocaleString('en-US')}: ${(1000 * each[index]!).toFixed(0)} µs`,
	);
	report({
		work: `${work.name}, an item among ${MOST.toLocaleString('en-US')}`,
		against: `one among ${SIZES[0]!.toLocaleString('en-US')}`,
		measured: `${ratio.toFixed(2)} × its time; each of ${shown.join(', ')}`,
		target: `linear: ≤ ${ALLOWED} ×`,
		reached: ratio <= ALLOWED,
	});
}

async function orderGet(engine: Engine, simulator: SimulatorApart): Promise<Work> {
	const { credential } = simulator;
	const bought = await runNode(
		engine,
		credential,
		CREATE.parameters,
		Array.from({ length: ORDERS }, () => ({ json: {} })),
	);
	const ids = bought.json().map(({ topup_id }) => topup_id);
	return {
		name: 'Order Get',
		parameters: { resource: 'order', operation: 'get', topupId: '={{ $json.id }}' },
		item: (index) => ({ id: ids[index % ORDERS] }),
	};
}

async function main(): Promise<void> {
	const simulator = await startSimulatorApart({ plans: MOST, balance: 1_000_000_000 });
	const orders = await startSimulatorApart({
		plans: 0,
		balance: 1_000_000_000,
		'delivery-seconds': 0,
	});
	const engine = await createEngine();
	await measure(engine, simulator, GET_MANY);
	await measure(engine, orders, await orderGet(engine, orders));
	await measure(engine, orders, CREATE);
	engine.close();
	simulator.stop();
	orders.stop();
}

void main();
