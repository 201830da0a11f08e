import type { INodeParameters } from 'n8n-workflow';

import { chain } from '../harness';
import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

const TYPE = 'n8n-nodes-microesim.microesim';

const bench = useBench();

const parameters = { resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN) };
const numbers = () =>
	sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.custom_order_no);

const create = (name: string, id: string) => ({
	name,
	id,
	type: TYPE,
	parameters: parameters as INodeParameters,
});

/** A trigger that hands three items to a Loop Over Items node, one at a time, and orders in the loop. */
const loop = {
	nodes: [
		{ name: 'Start', type: 'n8n-nodes-base.noOp' },
		{
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			parameters: { batchSize: 1, options: {} },
		},
		create('Buy', '11111111-aaaa-4aaa-8aaa-000000000001'),
	],
	connections: {
		...chain('Start', 'Loop'),
		Loop: { main: [[], [{ node: 'Buy', type: 'main' as const, index: 0 }]] },
		...chain('Buy', 'Loop'),
	},
	startNode: 'Start',
};

/** What a shop makes of a number before it sends it: letters and digits, 22 of them. */
const cut = (number = '') => number.replace(/[^a-z0-9]/gi, '').slice(0, 22);

it('has a default that begins with the execution, and is another one for each item', async () => {
	const result = await bench.run('order', 'create', parameters, {
		executionId: '4711',
		input: items(1, 2),
	});
	expect(numbers()).toEqual([
		expect.stringMatching(/^4711n[0-9a-f]{9}$/),
		expect.stringMatching(/^4711n[0-9a-f]{9}$/),
	]);
	expect(new Set(numbers()).size).toBe(2);
	expect(result.json().map(({ custom_order_no }) => custom_order_no)).toEqual(numbers());
});

it('has a default that stays another one where it is cut to 22 letters and digits, split as well', async () => {
	const options = { splitQuantity: true, concurrentOrders: 10 };
	await bench.run(
		'order',
		'create',
		{ ...parameters, quantity: 12, options },
		{ executionId: '12345678', input: items(...Array.from({ length: 20 }, (_, index) => index)) },
	);
	expect(numbers()).toHaveLength(240);
	expect(new Set(numbers().map(cut)).size).toBe(240);
	expect(numbers().every((number = '') => number.length <= 22)).toBe(true);
});

it('is another one in every turn of a loop', async () => {
	const credentials = { microesimApi: bench.credential };
	const result = await bench.engine.runWorkflow({
		...loop,
		credentials,
		executionId: '7',
		input: items(1, 2, 3),
	});
	expect(result.error()).toBeUndefined();
	expect(result.runs('Buy')).toHaveLength(3);
	expect(new Set(numbers()).size).toBe(3);
});

it('is another one in every execution', async () => {
	for (const executionId of ['8', '9'])
		await bench.run('order', 'create', parameters, { executionId });
	expect(new Set(numbers()).size).toBe(2);
});

it.each([
	[
		'whose IDs are random',
		'a1b2c3d4-0000-4000-8000-000000000001',
		'ffeeddcc-0000-4000-8000-000000000001',
	],
	[
		'whose IDs begin alike, as in workflows written by hand or by a model',
		'create-order-japan',
		'create-order-korea',
	],
	[
		'whose IDs count up, as in the examples of this package',
		'5d0c6a41-52a2-4b83-9a5c-6c3f6f0f7a04',
		'5d0c6a41-52a2-4b83-9a5c-6c3f6f0f7a05',
	],
])('is another one in each of two Create nodes %s', async (_name, first, second) => {
	const result = await bench.engine.runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			create('Japan', first),
			create('Korea', second),
		],
		connections: chain('Start', 'Japan', 'Korea'),
		startNode: 'Start',
		credentials: { microesimApi: bench.credential },
	});
	expect(result.error()).toBeUndefined();
	expect(numbers()).toHaveLength(2);
	expect(new Set(numbers()).size).toBe(2);
});

it('is the one the user gave, also as a number', async () => {
	await bench.run('order', 'create', { ...parameters, customOrderNo: '={{ 100200300 }}' });
	expect(numbers()).toEqual(['100200300']);
});

it('names the right number when an order in a loop is in doubt', async () => {
	bench.simulator.faults.after('esimSubscribe', 1, { kind: 'cutAfter' });
	const credentials = { microesimApi: bench.credential };
	const result = await bench.engine.runWorkflow({
		...loop,
		credentials,
		executionId: '10',
		input: items(1, 2, 3),
	});
	const booked = bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no);
	expect(booked).toEqual(numbers());
	expect(booked).toHaveLength(2);
	expect(seenError(result).message).toContain(`"${booked[1]}"`);
});

it('is hinted at where it is longer than what shops send, and sent all the same', async () => {
	const long = 'shop-0123456789-0123456789';
	const result = await bench.run(
		'order',
		'create',
		{ ...parameters, customOrderNo: long },
		{ input: items(1) },
	);
	expect(numbers()).toEqual([long]);
	const hints = JSON.stringify(result.run.data.resultData.runData.Node?.[0]?.hints);
	expect(hints).toContain('The Custom Order Number of item 0 has 26 characters');
});

it('has no hint where it is short', async () => {
	const result = await bench.run('order', 'create', parameters);
	expect(JSON.stringify(result.run.data)).not.toContain('characters. Shops send');
});

it.each(['10\u00001', '10\n01', '10\t01', '1001\u0085x'])(
	'holds no control character: %j',
	async (customOrderNo) => {
		const result = await bench.run('order', 'create', { ...parameters, customOrderNo });
		expect(seenError(result).message).toContain('"Custom Order Number"');
		expect(bench.simulator.requests).toEqual([]);
	},
);
