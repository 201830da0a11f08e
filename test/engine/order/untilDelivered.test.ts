import type { IDataObject } from 'n8n-workflow';

import type { SimulatorOptions } from '../../../simulator';
import { forgetBookings, forgetUsualAge } from '../../inside';
import { useFastClock } from '../support/fastClock';
import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBenches } from '../support/useBench';
import { when } from '../support/when';

useFastClock(10);

const openBench = useBenches({ deliveryMs: 5000, clock: { mode: 'manual' } });

/** A bench whose clock stands still, with one order that needs five seconds of it. */
async function booked(options: SimulatorOptions = {}) {
	const bench = await openBench(options);
	await bench.run('order', 'create', {
		planId: planById(SAMPLE_PLAN),
		customOrderNo: '1',
		quantity: 2,
	});
	// As if another process had placed it: the first look is taken at once.
	forgetBookings();
	const [order] = bench.simulator.ledger;
	if (!order) throw new Error('nothing was booked');
	const looks = () => sentTo(bench.simulator, 'topupDetail').length;
	/** Does something as soon as the node looked `count` times. */
	const afterLook = (count: number, act: () => unknown) => when(() => looks() >= count, act);
	const wait = async (options: IDataObject = {}, given = {}, topupId = order.topup_id) =>
		await bench.run('order', 'waitForDelivery', { topupId, options }, given);
	return { bench, order, looks, afterLook, wait };
}

it('looks once at an order that is ready, and puts out its eSIMs', async () => {
	const { order, looks, wait } = await booked({ deliveryMs: 0 });
	const result = await wait();
	expect(result.json().map(({ lpa_str, delivered }) => ({ lpa_str, delivered }))).toEqual(
		order.esims.map(({ lpa_str }) => ({ lpa_str, delivered: true })),
	);
	expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	expect(looks()).toBe(1);
});

it.each(['emptyStrings', 'notFound', 'partial'] as const)(
	'looks again until an order is ready that came as %s first',
	async (processingShape) => {
		const { bench, order, looks, afterLook, wait } = await booked({ processingShape });
		afterLook(1, () => bench.simulator.clock.advance(5000));
		const result = await wait();
		expect(result.error()).toBeUndefined();
		expect(result.json().map(({ lpa_str, delivered }) => [lpa_str, delivered])).toEqual(
			order.esims.map(({ lpa_str }) => [lpa_str, true]),
		);
		expect(looks()).toBe(2);
	},
);

it('waits for each item in turn and links the eSIMs to it', async () => {
	const { bench, wait } = await booked({ deliveryMs: 0 });
	await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: '2' });
	const ids = bench.simulator.ledger.map(({ topup_id }) => topup_id);
	const result = await wait({}, { input: items(...ids) }, '={{ $json.value }}');
	expect(result.items().map(({ json, pairedItem }) => [json.topup_id, pairedItem])).toEqual([
		[ids[0], { item: 0 }],
		[ids[0], { item: 0 }],
		[ids[1], { item: 1 }],
	]);
});

describe('an order that this process has placed', () => {
	const place = async () => {
		const bench = await openBench({ deliveryMs: 0, clock: undefined });
		await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: '1' });
		return bench;
	};
	const times = ({ simulator }: Awaited<ReturnType<typeof place>>) => ({
		booked: sentTo(simulator, 'esimSubscribe').at(-1)!.time,
		looked: sentTo(simulator, 'topupDetail').map(({ time }) => time),
	});

	it('is first looked at when it is five seconds old', async () => {
		forgetUsualAge();
		const bench = await place();
		const { topup_id: topupId } = bench.simulator.ledger[0]!;
		await bench.run('order', 'waitForDelivery', { topupId });
		const { booked, looked } = times(bench);
		expect(looked).toHaveLength(1);
		expect(looked[0]! - booked).toBeGreaterThanOrEqual(4990);
	});

	it('is looked at once when the wait is over before', async () => {
		const bench = await place();
		const result = await bench.run('order', 'waitForDelivery', {
			topupId: bench.simulator.ledger[0]!.topup_id,
			options: { maximumWait: 1 },
		});
		expect(result.json()[0]?.delivered).toBe(true);
		expect(times(bench).looked).toHaveLength(1);
	});
});

it('sits a short failure of the server out', async () => {
	const { bench, wait } = await booked({ deliveryMs: 0 });
	bench.simulator.faults.next(
		'topupDetail',
		{ kind: 'http', status: 503, headers: { 'Retry-After': '0.01' } },
		3,
	);
	expect((await wait()).json()[0]?.delivered).toBe(true);
});

describe('an order that is not ready in time', () => {
	it('goes on with what is there', async () => {
		const { order, wait } = await booked({ processingShape: 'partial' });
		const result = await wait({ maximumWait: 1 });
		expect(result.error()).toBeUndefined();
		expect(
			result.json().map(({ lpa_str, delivered, esims_open }) => [lpa_str, delivered, esims_open]),
		).toEqual([
			[order.esims[0]?.lpa_str, false, 1],
			[null, false, 1],
		]);
	});

	it('keeps what was seen before, when the last look brings nothing', async () => {
		const { bench, wait, afterLook, order } = await booked({ processingShape: 'partial' });
		afterLook(1, () =>
			bench.simulator.faults.always('topupDetail', {
				kind: 'code',
				code: 9404,
				msg: 'No results were found',
			}),
		);
		const result = await wait({ maximumWait: 1 });
		expect(result.json()[0]).toMatchObject({
			topup_id: order.topup_id,
			delivered: false,
			lpa_str: order.esims[0]?.lpa_str,
		});
	});

	it('ends with an error when asked, which says that it is paid', async () => {
		const { order, wait } = await booked({ processingShape: 'status' });
		const error = seenError(await wait({ maximumWait: 1, ifNotReady: 'error' }));
		expect(error.message).toContain(
			`The order ${order.topup_id} was not delivered within 1 second`,
		);
		expect(error.description).toContain('paid and will come');
	});

	it('is not called paid when MicroeSIM never knew it', async () => {
		const { wait } = await booked();
		const error = seenError(
			await wait({ maximumWait: 1, ifNotReady: 'error' }, {}, '202308161431187762753800'),
		);
		expect(`${error.message} ${error.description}`).toContain('No results were found');
		expect(error.description).not.toContain('It is paid');
	});
});

it('ends at once with the words of a refusal that waiting cannot mend', async () => {
	const { bench, looks, wait } = await booked();
	const stranger = { ...bench.credential, account: 'nobody' };
	const error = seenError(
		await wait(
			{ maximumWait: 1, ifNotReady: 'error' },
			{ credentials: { microesimApi: stranger } },
		),
	);
	expect(error.message).toContain('"Account does not exist" (code 9401)');
	expect(looks()).toBe(1);
});

describe('is over at once when the execution is stopped', () => {
	it('between two looks', async () => {
		const { bench, looks, wait } = await booked();
		const stop = new AbortController();
		when(
			() => sentTo(bench.simulator, 'topupDetail')[0]?.status === 200,
			() => setTimeout(() => stop.abort(), 150),
		);
		const result = await wait({}, { signal: stop.signal });
		expect(result.run.status).toBe('canceled');
		expect(looks()).toBe(1);
	});

	it('during a look, and n8n then calls it canceled, not failed', async () => {
		const { bench, afterLook, looks, wait } = await booked();
		const stop = new AbortController();
		bench.simulator.faults.next('topupDetail', { kind: 'slow', ms: 20_000 });
		afterLook(1, () => stop.abort());
		const result = await wait({}, { signal: stop.signal });
		expect(looks()).toBe(1);
		expect(result.run.status).toBe('canceled');
	});
});

it.each([[0], [1801], [1.5], ['={{ "long" }}']])(
	'refuses a Maximum Wait of %j',
	async (maximumWait) => {
		const { bench, looks } = await booked();
		const result = await bench.run('order', 'waitForDelivery', {
			topupId: '1',
			options: { maximumWait },
		});
		expect(seenError(result).message).toContain(
			'"Maximum Wait" must be a whole number from 1 to 1800',
		);
		expect(looks()).toBe(0);
	},
);
