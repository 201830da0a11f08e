import type { IDataObject } from 'n8n-workflow';

import { useFastClock } from './support/fastClock';
import { seenError, sentTo } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { post, pushFields, useTriggerBench } from './trigger/support';

useFastClock(10);

const bench = useTriggerBench();

const OTHER = '202308161431187762753800';
const SOMEBODY_ELSES = 'LPA:1$rsp.example.com$SOMEBODY-ELSES';
/** Wait for Delivery looks at once, and once more when the time is over. */
const LOOKS_IN_A_SECOND = 2;

/** The order or eSIM that was asked for, and what an answer about another one looks like. */
async function mixedUp(change: (asked: IDataObject) => unknown) {
	const order = await bench.buy();
	const asked = { topup_id: order.topup_id, device_id: order.esims[0]!.device_id };
	return { order, ...asked, result: change({ ...asked, lpa_str: [SOMEBODY_ELSES] }) };
}

const success = (result: unknown) => ({ kind: 'code', code: 1, msg: 'Success', result }) as const;

const anotherOrder = (asked: IDataObject) => ({ ...asked, topup_id: OTHER });
const anotherEsim = (asked: IDataObject) => ({ ...asked, device_id: '8888' });

describe('an answer about another order or eSIM', () => {
	it.each<[string, string, string, (asked: IDataObject) => unknown, string, number]>([
		['order', 'get', 'topupDetail', anotherOrder, `another order ("${OTHER}")`, 4],
		['esim', 'get', 'deviceDetail', anotherOrder, `another order ("${OTHER}")`, 4],
		['esim', 'get', 'deviceDetail', anotherEsim, 'another eSIM ("8888")', 4],
		['esim', 'getEvents', 'eventDetail', (asked) => [anotherEsim(asked)], 'another eSIM', 4],
		['esim', 'terminate', 'terminate', anotherOrder, 'another order', 1],
		['esim', 'terminate', 'terminate', anotherEsim, 'another eSIM', 1],
		['order', 'requestCallback', 'topupDetail-async', anotherOrder, 'another order', 1],
	])('is none: %s %s of %s', async (resource, operation, endpoint, change, words, requests) => {
		const { topup_id, device_id, result } = await mixedUp(change);
		bench.simulator.faults.always(endpoint, success(result));
		const run = await bench.run(resource, operation, {
			topupId: topup_id,
			deviceId: device_id,
			callbackUrl: 'https://n8n.example/hook',
		});
		expect(run.json()).toEqual([]);
		expect(seenError(run).message).toContain(`an answer about ${words}`);
		expect(sentTo(bench.simulator, endpoint)).toHaveLength(requests);
	});

	it('is no proof that a termination did not happen', async () => {
		const { topup_id, device_id, result } = await mixedUp(anotherEsim);
		bench.simulator.faults.next('terminate', success(result));
		const run = await bench.run('esim', 'terminate', { topupId: topup_id, deviceId: device_id });
		expect(seenError(run).description).toContain('may have been carried out all the same');
	});

	it('that comes once is asked for again', async () => {
		const { order, topup_id, result } = await mixedUp(anotherOrder);
		bench.simulator.faults.next('topupDetail', success(result));
		const run = await bench.run('order', 'get', { topupId: topup_id });
		expect(run.json()).toMatchObject([{ topup_id, lpa_str: order.esims[0]!.lpa_str }]);
	});

	it('is waited out by Wait for Delivery', async () => {
		const { order, topup_id, result } = await mixedUp(anotherOrder);
		bench.simulator.faults.next('topupDetail', success(result));
		const run = await bench.run('order', 'waitForDelivery', { topupId: topup_id });
		expect(run.json()).toMatchObject([{ delivered: true, lpa_str: order.esims[0]!.lpa_str }]);
	});

	it('ends Wait for Delivery in time, with what was wrong', async () => {
		const { topup_id, result } = await mixedUp(anotherOrder);
		bench.simulator.faults.always('topupDetail', success(result));
		const run = await bench.run('order', 'waitForDelivery', {
			topupId: topup_id,
			options: { maximumWait: 1 },
		});
		expect(seenError(run).message).toContain(`an answer about another order ("${OTHER}")`);
		expect(sentTo(bench.simulator, 'topupDetail').length).toBeLessThanOrEqual(LOOKS_IN_A_SECOND);
	});

	it('never comes out of a Create that waits, and the order is not lost over it', async () => {
		bench.simulator.faults.always(
			'topupDetail',
			success({ topup_id: OTHER, lpa_str: [SOMEBODY_ELSES] }),
		);
		const run = await bench.run(
			'order',
			'create',
			{ planId: planById(SAMPLE_PLAN), options: { waitForDelivery: true, maximumWait: 3 } },
			{ onError: 'continueRegularOutput' },
		);
		const said = JSON.stringify(run.json());
		expect(said).toContain(bench.simulator.ledger[0]!.topup_id);
		expect(said).toContain('an answer about another order');
		expect(said).not.toContain(SOMEBODY_ELSES);
	});

	it('wakes no execution that sleeps until the callback', async () => {
		const { order, topup_id, result } = await mixedUp(anotherOrder);
		const webhook = await bench.engine.serveWebhook({
			node: {
				name: 'Node',
				type: 'n8n-nodes-microesim.microesim',
				parameters: {
					resource: 'order',
					operation: 'waitForDelivery',
					waitFor: 'callback',
					topupId: topup_id,
				},
			},
			credentials: { microesimApi: bench.credential },
		});
		bench.simulator.faults.next('topupDetail', success(result));
		const statuses = [
			(await post(webhook.url, pushFields(order))).status,
			(await post(webhook.url, pushFields(order))).status,
		];
		await webhook.stop();
		expect(statuses).toEqual([503, 200]);
		expect(webhook.runs.flat()).toMatchObject([
			{ json: { topup_id, lpa_str: order.esims[0]!.lpa_str } },
		]);
	});

	it.each([
		['order', anotherOrder],
		['eSIM', anotherEsim],
	])('lets a push come again (%s)', async (_, change) => {
		const webhook = await bench.serve();
		const { order, result } = await mixedUp(change);
		bench.simulator.faults.next('deviceDetail', success(result));
		expect((await post(webhook.url, pushFields(order))).status).toBe(503);
		expect(webhook.runs).toEqual([]);
		expect((await post(webhook.url, pushFields(order))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});
});

describe('an answer about the right order', () => {
	it.each<[string, (asked: IDataObject) => unknown]>([
		['without an ID', () => ({ lpa_str: ['LPA:1$a.b$X'] })],
		['with an empty ID', () => ({ topup_id: '', lpa_str: ['LPA:1$a.b$X'] })],
		['with null for an ID', () => ({ topup_id: null, lpa_str: ['LPA:1$a.b$X'] })],
		['with its ID in a list', ({ topup_id }) => ({ topup_id: [topup_id], lpa_str: 'LPA:1$a.b$X' })],
	])('may come %s', async (_, change) => {
		const { topup_id, result } = await mixedUp(change);
		bench.simulator.faults.next('topupDetail', success(result));
		const run = await bench.run('order', 'get', { topupId: topup_id });
		expect(run.json()).toMatchObject([{ topup_id, lpa_str: 'LPA:1$a.b$X' }]);
	});

	it('may write its ID of 24 digits as a bare number', async () => {
		const { topup_id } = await mixedUp(anotherOrder);
		const body = `{"code":1,"result":{"topup_id":${topup_id},"lpa_str":["LPA:1$a.b$X"]}}`;
		bench.simulator.faults.next('topupDetail', { kind: 'http', status: 200, body });
		const run = await bench.run('order', 'get', { topupId: topup_id });
		expect(run.json()).toMatchObject([{ topup_id, lpa_str: 'LPA:1$a.b$X' }]);
		expect(sentTo(bench.simulator, 'topupDetail')).toHaveLength(1);
	});
});
