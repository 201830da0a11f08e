import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../harness';
import { useFastClock } from '../support/fastClock';
import { items, sentTo } from '../support/look';
import { planById } from '../support/microesim';
import { useBenches } from '../support/useBench';
import { when } from '../support/when';

useFastClock(3);

/** What is known of plans is kept per account and address, so each test has a MicroeSIM of its own. */
const openBench = useBenches();

async function openShop() {
	const bench = await openBench();
	const [plan] = bench.simulator.plans;
	const named = (id: string) => ({
		...plan!,
		channel_dataplan_id: id,
		channel_dataplan_name: `Plan ${id}`,
	});
	bench.simulator.plans.push(
		{ ...named('by-order'), active_type: 'ACTIVEDBYORDER' },
		named('by-device'),
	);
	const buy = async (id: string, options: IDataObject = {}, given = {}, parameters = {}) =>
		await bench.run(
			'order',
			'create',
			{ planId: planById(id), customOrderNo: '={{ $itemIndex }}', options, ...parameters },
			given,
		);
	const pages = () => sentTo(bench.simulator, 'esimDataplanListPage').map(({ status }) => status);
	const pagesRead = () => pages().length;
	return { bench, buy, pages, pagesRead };
}

/** The status of a request that has no answer yet. */
const STILL_OPEN = null;

const hintsOf = (result: RunResult) =>
	(result.runs('Node')[0]?.hints ?? []).map(({ message }) => message);

const HINT =
	'The plan "Plan by-order" becomes active with the order, because no Activation Date was set.';

describe('an order whose plan becomes active with it', () => {
	it('is told from others after it was bought, where nothing was checked', async () => {
		const { bench, buy } = await openShop();
		const result = await buy('by-order');
		expect(hintsOf(result)).toEqual([HINT]);
		expect(bench.simulator.requests.map(({ endpoint }) => endpoint)).toEqual([
			'esimSubscribe',
			'esimDataplanListPage',
		]);
	});

	it('is hinted at once, however many items and runs there are, and the catalogue is read once', async () => {
		const { buy, pagesRead } = await openShop();
		for (const run of [1, 2]) {
			const result = await buy('by-order', {}, { input: items(1, 2, 3) });
			expect([run, hintsOf(result), pagesRead()]).toEqual([run, [HINT], 1]);
		}
	});

	it('comes out also when the catalogue cannot be read', async () => {
		const { bench, buy } = await openShop();
		bench.simulator.faults.always('esimDataplanListPage', { kind: 'code', code: 7, msg: 'No' });
		const result = await buy('by-order');
		expect(result.error()).toBeUndefined();
		expect(hintsOf(result)).toEqual([]);
		expect(result.json()).toMatchObject([{ topup_id: bench.simulator.ledger[0]!.topup_id }]);
	});

	it('is told although the page of another plan of the run cannot be read', async () => {
		const { bench, buy } = await openShop();
		const [plan] = bench.simulator.plans;
		const more = Array.from({ length: 500 }, (_, index) => ({
			...plan!,
			channel_dataplan_id: `P${index}`,
		}));
		bench.simulator.plans.push(...more);
		bench.simulator.faults.after('esimDataplanListPage', 1, { kind: 'code', code: 7, msg: 'No' });
		const result = await buy('={{ $json.value }}', {}, { input: items('P499', 'by-order') });
		expect(result.json()).toHaveLength(2);
		expect(hintsOf(result)).toEqual([HINT]);
	});

	it('is not held up longer than ten seconds by a catalogue that does not come', async () => {
		const { bench, buy, pages, pagesRead } = await openShop();
		bench.simulator.faults.always('esimDataplanListPage', { kind: 'slow', ms: 13_000 });
		const result = await buy('by-order');
		expect(result.json()).toMatchObject([{ topup_id: bench.simulator.ledger[0]!.topup_id }]);
		expect(pages()).toEqual([STILL_OPEN]);
		await buy('by-order');
		// The next run does not ask for it again.
		expect(pagesRead()).toBe(1);
	});

	it('is looked for while its delivery is waited for, not before', async () => {
		const { bench, buy, pages } = await openShop();
		// Answered as soon as a second one is asked for: at the first look at the order, long before the catalogue is given up.
		bench.simulator.faults.next('esimDataplanListPage', { kind: 'slow', ms: 0, untilOpen: 2 });
		let atFirstLook: unknown[] | undefined;
		const giveUp = when(
			() => sentTo(bench.simulator, 'topupDetail').length > 0,
			async () => {
				atFirstLook = pages();
				await fetch(`${bench.simulator.url}/allesim/v1/esimDataplanListPage`);
			},
		);
		const result = await buy('by-order', { waitForDelivery: true });
		giveUp();
		expect(result.json()).toMatchObject([{ delivered: true }]);
		expect(hintsOf(result)).toEqual([HINT]);
		expect(atFirstLook).toEqual([STILL_OPEN]);
	});

	it('ends no later when the execution is stopped', async () => {
		const { bench, buy, pages, pagesRead } = await openShop();
		bench.simulator.faults.next('esimDataplanListPage', { kind: 'slow', ms: 5000 });
		const stop = new AbortController();
		const giveUp = when(
			() => pagesRead() > 0,
			() => stop.abort(),
		);
		const result = await buy('by-order', {}, { signal: stop.signal });
		giveUp();
		expect(result.run.status).toBe('canceled');
		expect(pages()).toEqual([STILL_OPEN]);
	});
});

it.each<[string, string, IDataObject, IDataObject, number]>([
	['the phone starts the plan', 'by-device', {}, {}, 1],
	['a check has read the plan', 'by-device', { mustBeOnSale: true }, {}, 1],
	['a date is set', 'by-order', {}, { activationDate: '={{ $now.plus({ days: 1 }) }}' }, 0],
	['the date is now', 'by-order', {}, { activationDate: '={{ $now }}' }, 0],
])('no hint is given where %s', async (_, id, options, parameters, pages) => {
	const { buy, pagesRead } = await openShop();
	expect(hintsOf(await buy(id, options, {}, parameters))).toEqual([]);
	expect(pagesRead()).toBe(pages);
});

it('nothing is looked up for an order that was bought before', async () => {
	const { bench, buy, pagesRead } = await openShop();
	await buy('by-order', {}, { workflowId: 'twice' });
	bench.forgetRequests();
	const result = await buy('by-order', {}, { workflowId: 'twice' });
	expect(result.json()).toMatchObject([{ duplicate: true }]);
	expect([hintsOf(result), pagesRead()]).toEqual([[], 0]);
});
