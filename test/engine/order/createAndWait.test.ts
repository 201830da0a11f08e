import type { IDataObject } from 'n8n-workflow';

import type { SimulatorOptions } from '../../../simulator';
import { useFastClock } from '../support/fastClock';
import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBenches } from '../support/useBench';

useFastClock(10);

const openBench = useBenches();

async function shop(options: SimulatorOptions = {}) {
	const bench = await openBench(options);
	const buy = async (wait: IDataObject = {}, given: object = {}, parameters: IDataObject = {}) =>
		await bench.run(
			'order',
			'create',
			{
				planId: planById(SAMPLE_PLAN),
				customOrderNo: '={{ $json.value ?? "1" }}',
				options: { waitForDelivery: true, ...wait },
				...parameters,
			},
			given,
		);
	return { bench, buy };
}

describe('Create that waits for delivery', () => {
	it('puts out one item per eSIM, with its own order number, linked to its item', async () => {
		const { bench, buy } = await shop();
		const result = await buy({}, { input: items('a', 'b') }, { quantity: 2 });
		const [a, b] = bench.simulator.ledger;
		expect(
			result
				.items()
				.map(({ json, pairedItem }) => [
					json.custom_order_no,
					json.lpa_str,
					json.delivered,
					pairedItem,
				]),
		).toEqual([
			['a', a!.esims[0]!.lpa_str, true, { item: 0 }],
			['a', a!.esims[1]!.lpa_str, true, { item: 0 }],
			['b', b!.esims[0]!.lpa_str, true, { item: 1 }],
			['b', b!.esims[1]!.lpa_str, true, { item: 1 }],
		]);
	});

	it('takes its first look after two seconds at the earliest', async () => {
		const { bench, buy } = await shop();
		await buy();
		const [order] = sentTo(bench.simulator, 'esimSubscribe');
		const [look] = sentTo(bench.simulator, 'topupDetail');
		expect(look!.time - order!.time).toBeGreaterThanOrEqual(1990);
	});

	it('keeps the order ID of an order that is late, and says how many eSIMs are open', async () => {
		const { bench, buy } = await shop({ deliveryMs: 600_000, processingShape: 'emptyLists' });
		const result = await buy({ maximumWait: 3 }, {}, { quantity: 2 });
		expect(result.json()).toMatchObject([
			{
				topup_id: bench.simulator.ledger[0]!.topup_id,
				custom_order_no: '1',
				delivered: false,
				esims_open: 2,
			},
		]);
	});

	it('keeps the order ID of an order that MicroeSIM does not know yet', async () => {
		const { bench, buy } = await shop({ deliveryMs: 600_000, processingShape: 'notFound' });
		const result = await buy({ maximumWait: 3 });
		expect(result.json()).toMatchObject([
			{ topup_id: bench.simulator.ledger[0]!.topup_id, delivered: false },
		]);
	});

	it('gives the eSIMs that are finished', async () => {
		const { bench, buy } = await shop({ deliveryMs: 600_000, processingShape: 'partial' });
		const result = await buy({ maximumWait: 3 }, {}, { quantity: 2 });
		const codes = bench.simulator.ledger[0]!.esims.map(({ lpa_str }) => lpa_str);
		expect(result.json()[0]).toMatchObject({ lpa_str: codes[0], delivered: false, esims_open: 1 });
	});

	it('names the order in the error where a late one is an error, and in the output beside it', async () => {
		const { bench, buy } = await shop({ deliveryMs: 600_000 });
		const wait = { maximumWait: 3, ifNotReady: 'error' };
		const error = seenError(await buy(wait));
		expect(`${error.message} ${error.description}`).toContain(bench.simulator.ledger[0]!.topup_id);
		const kept = await buy(wait, { onError: 'continueRegularOutput' });
		expect(kept.json()).toMatchObject([
			{ topup_id: bench.simulator.ledger[1]!.topup_id, delivered: false },
			{ error: expect.stringContaining('was not delivered within 3 seconds') },
		]);
	});

	it('every late order of a split item is told at the error output', async () => {
		const { bench, buy } = await shop({ deliveryMs: 60_000 });
		const wait = { splitQuantity: true, ifNotReady: 'error', maximumWait: 1 };
		const result = await buy(wait, { onError: 'continueErrorOutput' }, { quantity: 2 });
		const told = JSON.stringify(result.json('Node', 1));
		const ids = bench.simulator.ledger.map(({ topup_id }) => topup_id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(told).toContain(id);
	});

	it('keeps the order ID when it cannot look at all', async () => {
		const { bench, buy } = await shop();
		bench.simulator.faults.always('topupDetail', {
			kind: 'code',
			code: 7,
			msg: 'Signature verification failed',
		});
		const error = seenError(await buy());
		expect(`${error.message} ${error.description}`).toContain(bench.simulator.ledger[0]!.topup_id);
	});

	it('tells at once what was bought when a later order fails, without a wait', async () => {
		const { bench, buy } = await shop({ deliveryMs: 600_000 });
		bench.simulator.faults.after('esimSubscribe', 1, { kind: 'cutAfter' });
		const error = seenError(await buy({}, { input: items('a', 'b') }));
		expect(error.description).toContain(bench.simulator.ledger[0]!.topup_id);
		expect(sentTo(bench.simulator, 'topupDetail')).toEqual([]);
	});

	it('waits for the earlier order of a duplicate', async () => {
		const { bench, buy } = await shop();
		await buy({}, { workflowId: 'twice' });
		const again = await buy({}, { workflowId: 'twice' });
		expect(again.json()).toMatchObject([
			{ duplicate: true, lpa_str: bench.simulator.ledger[0]!.esims[0]!.lpa_str },
		]);
	});

	it('refuses a wait that makes no sense before it buys', async () => {
		const { bench, buy } = await shop();
		expect(seenError(await buy({ maximumWait: 0 })).message).toContain('"Maximum Wait"');
		expect(bench.simulator.requests).toEqual([]);
	});
});

describe('orders that are waited for together', () => {
	it('are each looked at by one request at a time, and no more than five at once', async () => {
		const { bench, buy } = await shop({ deliveryMs: [100, 3000] });
		bench.simulator.faults.always('topupDetail', { kind: 'slow', ms: 40 });
		let most = 0;
		let twice = false;
		const watch = setInterval(() => {
			const open = sentTo(bench.simulator, 'topupDetail').filter(({ status }) => status === null);
			most = Math.max(most, open.length);
			twice ||= new Set(open.map(({ fields }) => fields.topup_id)).size < open.length;
		}, 2);
		const result = await buy(
			{ concurrentOrders: 10 },
			{ input: items(...Array.from({ length: 30 }, (_, index) => String(index))) },
		);
		clearInterval(watch);
		expect(result.json().every(({ delivered }) => delivered === true)).toBe(true);
		expect(result.json()).toHaveLength(30);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(5);
		expect(twice).toBe(false);
	});

	it('are waited for once where several items ask for the same one', async () => {
		const { bench } = await shop();
		await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: 'x' });
		const { topup_id: topupId } = bench.simulator.ledger[0]!;
		const result = await bench.run(
			'order',
			'waitForDelivery',
			{ topupId },
			{ input: items(1, 2, 3) },
		);
		expect(result.json()).toHaveLength(3);
		expect(sentTo(bench.simulator, 'topupDetail')).toHaveLength(1);
	});

	it('of a "Local" plan are looked at again only after a minute', async () => {
		const { bench } = await shop({ localDeliveryMs: 600_000, processingShape: 'emptyLists' });
		bench.simulator.plans.push({
			...bench.simulator.plans[0]!,
			channel_dataplan_id: 'local',
			channel_dataplan_name: 'Japan Local 5',
		});
		await bench.run('order', 'create', { planId: planById('local'), customOrderNo: 'x' });
		const { topup_id: topupId } = bench.simulator.ledger[0]!;
		await bench.run('order', 'waitForDelivery', { topupId, options: { maximumWait: 5 } });
		// The first look and the one when the time is over.
		expect(sentTo(bench.simulator, 'topupDetail')).toHaveLength(2);
	});
});
