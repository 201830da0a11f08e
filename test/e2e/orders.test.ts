import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { post, pushFields, RECEIVED, startBench, type Bench } from './bench';
import { allItems, chain, draftNode, executionsOf, publish, until } from './harness';

const SAMPLE_PLAN = 'b1a926e1-d770-4e03-804e-c527b9397eb9';
const MICROESIM = 'n8n-nodes-microesim.microesim';

let bench: Bench;

beforeAll(async () => {
	bench = await startBench();
});
afterEach(() => bench.simulator.faults.clear());
afterAll(async () => await bench?.stop());

/** A shop's webhook, an order with the shop's number, and what comes behind it. */
async function shopFlow(
	create: IDataObject,
	after: Array<{ name: string; parameters: IDataObject }> = [],
	more: Partial<INode> = {},
) {
	const { api, url } = bench.n8n;
	const webhookId = randomUUID();
	const credentials = { microesimApi: bench.credential };
	const parameters = {
		resource: 'order',
		operation: 'create',
		planId: { __rl: true, mode: 'id', value: SAMPLE_PLAN },
		customOrderNo: '={{ $json.body.number }}',
		...create,
	};
	const hook = { httpMethod: 'POST', path: webhookId, options: {} };
	const nodes = [
		draftNode('Shop', 'webhook', 2, hook, { webhookId }),
		draftNode('Buy', MICROESIM, 1, parameters, { credentials, ...more }),
		...after.map((one) => draftNode(one.name, MICROESIM, 1, one.parameters, { credentials })),
		draftNode('End', 'noOp', 1, {}),
	];
	const connections = chain(...nodes.map(({ name }) => name));
	const id = await publish(api, `Shop ${webhookId}`, nodes, connections);
	const address = `${url}/webhook/${webhookId}`;
	return {
		id,
		order: async (number: string) => await untilTaken(address, JSON.stringify({ number })),
	};
}

/** Activation goes on after n8n has answered. */
async function untilTaken(address: string, body: string): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		if ((await post(address, body).catch(() => ({ status: 0 }))).status === 200) return;
		await sleep(100);
	}
	throw new Error('n8n does not take the order of the shop.');
}

const booked = (number: string) =>
	bench.simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);

it('an order that was on its way when n8n was killed is not placed again', async () => {
	const flow = await shopFlow({}, [], { onError: 'continueRegularOutput' });
	bench.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 60_000, book: true });
	await flow.order('killed-1');
	await until(() => booked('killed-1').length === 1, 'the order is booked');
	await bench.n8n.restart('byForce');
	await flow.order('killed-1');
	const items = await (async () => {
		await until(
			async () => (await allItems(bench.n8n.api, flow.id, 'End')).length > 0,
			'the second run ends',
		);
		return await allItems(bench.n8n.api, flow.id, 'End');
	})();
	expect(items).toMatchObject([
		{
			error: expect.stringContaining('may have been bought'),
			outcome: 'unknown',
			custom_order_no: 'killed-1',
		},
	]);
	expect(booked('killed-1')).toHaveLength(1);
});

describe('Wait For: Delivery by Callback', () => {
	const asleep = (hours: number) => [
		{
			name: 'Sleep',
			parameters: {
				resource: 'order',
				operation: 'waitForDelivery',
				waitFor: 'callback',
				topupId: '={{ $json.topup_id }}',
				options: { callbackHours: hours },
			},
		},
	];
	const notify = { options: { notifyUrl: '={{ $execution.resumeUrl }}' } };
	const isWaiting = async (id: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['waiting'] }));
		const { results } = await bench.n8n.api.call<{ results: unknown[] }>(
			'GET',
			`/executions?filter=${filter}`,
		);
		return results.length === 1;
	};

	it('sleeps until the push of its own order, and wakes by no other', async () => {
		const flow = await shopFlow(notify, asleep(1));
		bench.simulator.faults.always('topupDetail', { kind: 'code', code: 1, msg: 'Processing' });
		await flow.order('slept-1');
		await until(async () => await isWaiting(flow.id), 'the execution sleeps');
		const [order] = booked('slept-1');
		const resumeUrl = order!.notifyUrl!;
		const foreign = await post(resumeUrl, JSON.stringify(pushFields(await bench.buy())));
		expect(foreign.status).toBe(403);
		const early = await post(resumeUrl, JSON.stringify(pushFields(order!)));
		expect(early.status).toBe(503);
		expect(
			(await post(resumeUrl.replace(/\?.*$/, ''), JSON.stringify(pushFields(order!)))).status,
		).toBe(401);
		expect(await isWaiting(flow.id)).toBe(true);
		bench.simulator.faults.clear();
		const [attempt] = await bench.simulator.pushNow(order!.topup_id, { url: resumeUrl });
		expect(attempt!.status).toBe(200);
		const items = await allItems(bench.n8n.api, flow.id, 'End');
		expect(items).toMatchObject([
			{ topup_id: order!.topup_id, lpa_str: order!.esims[0]!.lpa_str, delivered: true },
		]);
		expect((await post(resumeUrl, JSON.stringify(pushFields(order!)))).status).toBe(409);
	});

	it('answers as MicroeSIM expects it', async () => {
		const flow = await shopFlow(notify, asleep(1));
		bench.simulator.faults.always('topupDetail', { kind: 'code', code: 1, msg: 'Processing' });
		await flow.order('slept-2');
		await until(async () => await isWaiting(flow.id), 'the execution sleeps');
		bench.simulator.faults.clear();
		const [order] = booked('slept-2');
		const { status, text } = await post(order!.notifyUrl!, JSON.stringify(pushFields(order!)));
		expect([status, text]).toEqual([200, RECEIVED]);
	});

	it('does not sleep when the order is ready before', async () => {
		const flow = await shopFlow(notify, asleep(1));
		await flow.order('ready-1');
		await until(
			async () => (await allItems(bench.n8n.api, flow.id, 'End')).length > 0,
			'the run ends',
		);
		expect(await allItems(bench.n8n.api, flow.id, 'End')).toMatchObject([
			{ topup_id: booked('ready-1')[0]!.topup_id, delivered: true },
		]);
	});

	it('keeps the order ID when the deadline passes', async () => {
		const flow = await shopFlow(notify, asleep(0.003));
		bench.simulator.faults.always('topupDetail', { kind: 'code', code: 1, msg: 'Processing' });
		await flow.order('late-1');
		await until(async () => {
			const [execution] = await executionsOf(bench.n8n.api, flow.id);
			return execution?.status === 'success';
		}, 'the deadline passes');
		const items = await allItems(bench.n8n.api, flow.id, 'End');
		expect(items).toMatchObject([
			{ topup_id: booked('late-1')[0]!.topup_id, custom_order_no: 'late-1' },
		]);
		expect(items[0]).not.toHaveProperty('delivered');
	});
});
