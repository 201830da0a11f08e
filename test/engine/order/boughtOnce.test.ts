import { forgetOrders } from '../../inside';
import { items, seenError, sentTo, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

const bench = useBench();
let workflows = 0;

const order = { planId: planById(SAMPLE_PLAN), customOrderNo: '={{ $json.value ?? "1001-1" }}' };
const numbers = () => bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no);

/** Several runs of one node of one workflow. */
function shop(options: object = {}) {
	const workflowId = `shop-${++workflows}`;
	return async (given: object = {}) =>
		await bench.run(
			'order',
			'create',
			{ ...order, options: { ...options } as never },
			{ workflowId, ...given },
		);
}

describe('a Custom Order Number that was used before', () => {
	it('sends nothing, and the item goes on with the order ID that is known', async () => {
		const buy = shop();
		const first = await buy();
		const again = await buy();
		expect(numbers()).toEqual(['1001-1']);
		expect(again.json()).toEqual([{ duplicate: true, outcome: 'bought', ...first.json()[0] }]);
	});

	it('sends nothing after a restart of n8n', async () => {
		const buy = shop();
		await buy();
		forgetOrders();
		expect((await buy()).json()).toMatchObject([
			{ duplicate: true, outcome: 'unknown', custom_order_no: '1001-1' },
		]);
		expect(numbers()).toEqual(['1001-1']);
	});

	it('is an error by choice, which names the order', async () => {
		const buy = shop({ ifDuplicate: 'error' });
		const [first] = (await buy()).json();
		const error = seenError(await buy());
		expect(error.message).toContain(
			`"1001-1" was ordered before as order ${textOf(first, 'topup_id')}`,
		);
		expect(numbers()).toEqual(['1001-1']);
	});

	it('is noticed within one run, too', async () => {
		const result = await shop()({ input: items('a', 'b', 'a') });
		expect(result.json().map(({ duplicate }) => duplicate)).toEqual([undefined, undefined, true]);
		expect(numbers()).toEqual(['a', 'b']);
	});

	it('stays known when the store fails for a while: what another order wrote is not taken back', async () => {
		const buy = shop();
		await buy();
		forgetOrders();
		const failing = jest
			.spyOn(bench.engine.duplicates, 'checkProcessedAndRecord')
			.mockRejectedValue(new Error('SQLITE_BUSY'));
		expect(seenError(await buy()).message).toContain('could not be written down');
		failing.mockRestore();
		expect((await buy()).json()).toMatchObject([{ duplicate: true }]);
		expect(numbers()).toEqual(['1001-1']);
	});

	it('is ordered again where the guard is switched off', async () => {
		const buy = shop({ preventDuplicates: false });
		await buy();
		await buy();
		expect(numbers()).toEqual(['1001-1', '1001-1']);
	});

	it('belongs to its node: another workflow may use it', async () => {
		await shop()();
		await shop()();
		expect(numbers()).toEqual(['1001-1', '1001-1']);
	});

	it.each([1, 2, 25])(
		'is bought once by %p executions at the same moment, and all know its order ID',
		async (executions) => {
			const buy = shop();
			const results = await Promise.all(
				Array.from({ length: executions }, async () => await buy()),
			);
			expect(numbers()).toEqual(['1001-1']);
			const ids = new Set(results.map((result) => result.json()[0]?.topup_id));
			expect([...ids]).toEqual([bench.simulator.ledger[0]?.topup_id]);
		},
	);

	it('loses no number when many different ones are written at the same moment', async () => {
		const buy = shop();
		const all = Array.from({ length: 20 }, (_, index) => String(index));
		await Promise.all(all.map(async (number) => await buy({ input: items(number) })));
		forgetOrders();
		const again = await buy({ input: items(...all) });
		expect(again.json().every(({ duplicate }) => duplicate === true)).toBe(true);
		expect(numbers().sort()).toEqual([...all].sort());
	});
});

describe('an order that was not bought', () => {
	it.each([
		['refused', { kind: 'code', code: 7, msg: 'No' }],
		['refused with HTTP 429', { kind: 'tooMany429' }],
	] as const)('frees its number when it was %s', async (_name, fault) => {
		const buy = shop();
		bench.simulator.faults.next('esimSubscribe', fault);
		seenError(await buy());
		forgetOrders();
		expect((await buy()).json()[0]?.topup_id).toBe(bench.simulator.ledger[0]?.topup_id);
		expect(numbers()).toEqual(['1001-1']);
	});

	it('frees its number when nobody listened', async () => {
		const buy = shop();
		seenError(
			await buy({
				credentials: { microesimApi: { ...bench.credential, baseUrl: 'http://127.0.0.1:9' } },
			}),
		);
		await buy();
		expect(numbers()).toEqual(['1001-1']);
	});

	it('lets the next of several executions at the same moment try', async () => {
		const buy = shop();
		bench.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg: 'No' });
		await Promise.all([buy(), buy(), buy()]);
		expect(numbers()).toEqual(['1001-1']);
	});
});

describe('an order in doubt', () => {
	it.each([
		['cut after it was booked', { kind: 'cutAfter' }, 1],
		['cut before it was booked', { kind: 'cutBefore' }, 0],
		['answered with a web page', { kind: 'html502', booked: true }, 1],
	] as const)('keeps its number when it was %s', async (_name, fault, booked) => {
		const buy = shop();
		bench.simulator.faults.next('esimSubscribe', fault);
		seenError(await buy());
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'unknown' }]);
		forgetOrders();
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'unknown' }]);
		expect(bench.simulator.ledger).toHaveLength(booked);
	});

	it.each([
		['continueRegularOutput', 0, { outcome: 'unknown', custom_order_no: '1001-1' }],
		['continueErrorOutput', 1, { details: { outcome: 'unknown', custom_order_no: '1001-1' } }],
	] as const)('is told beside its error (%s)', async (onError, output, told) => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await shop()({ onError });
		expect(result.json('Node', output)).toMatchObject([
			{ error: expect.stringContaining('may have been bought'), ...told },
		]);
	});
});

describe('when n8n runs an order again', () => {
	it('with Retry On Fail, what was bought is not bought again and its ID is in the output', async () => {
		bench.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'No' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await shop()({ ...settings, input: items('a', 'b', 'c') });
		expect(numbers()).toEqual(['a', 'b', 'c']);
		expect(result.json().map(({ topup_id }) => topup_id)).toEqual(
			bench.simulator.ledger.map(({ topup_id }) => topup_id),
		);
	});

	it('from the executions list, a number made from the execution is refused with the way out', async () => {
		const result = await bench.run('order', 'create', { planId: order.planId }, { mode: 'retry' });
		const error = seenError(result);
		expect(error.message).toContain('when an execution is retried');
		expect(error.description).toContain('order number and line of your shop');
		expect(bench.simulator.requests).toEqual([]);
	});

	it('from the executions list, a number of the shop protects', async () => {
		const buy = shop();
		await buy();
		expect((await buy({ mode: 'retry' })).json()).toMatchObject([{ duplicate: true }]);
		expect(numbers()).toEqual(['1001-1']);
	});
});

describe('several orders of a run', () => {
	it('are bought one after another by default, and up to ten at once by choice', async () => {
		let atOnce = 0;
		let most = 0;
		bench.simulator.faults.always('esimSubscribe', { kind: 'slow', ms: 30, book: true });
		const watch = setInterval(() => {
			atOnce = sentTo(bench.simulator, 'esimSubscribe').filter(
				({ status }) => status === null,
			).length;
			most = Math.max(most, atOnce);
		}, 2);
		const all = items('a', 'b', 'c', 'd', 'e', 'f');
		await shop()({ input: all });
		const alone = most;
		most = 0;
		const together = await shop({ concurrentOrders: 5 })({ input: all });
		clearInterval(watch);
		expect(alone).toBe(1);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(5);
		expect(together.json().map(({ custom_order_no }) => custom_order_no)).toEqual([
			'a',
			'b',
			'c',
			'd',
			'e',
			'f',
		]);
	});

	it.each(['Insufficient balance', 'Signature verification failed'])(
		'stop at a refusal that would meet all: %s',
		async (msg) => {
			bench.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg });
			const result = await shop()({
				input: items('a', 'b', 'c'),
				onError: 'continueRegularOutput',
			});
			expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(2);
			expect(textOf(result.json()[2], 'error')).toContain('was not sent');
		},
	);

	it('are single orders with numbers of their own where the quantity is split', async () => {
		const buy = shop({ splitQuantity: true });
		const parameters = {
			resource: 'order',
			operation: 'create',
			...order,
			quantity: 3,
			options: { splitQuantity: true },
		};
		const result = await buy({ parameters });
		expect(numbers()).toEqual(['1001-1-1', '1001-1-2', '1001-1-3']);
		expect(bench.simulator.ledger.map(({ number }) => number)).toEqual([1, 1, 1]);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
		expect((await buy({ parameters })).json().every(({ duplicate }) => duplicate === true)).toBe(
			true,
		);
	});

	it('split, give what was bought beside the error of what was not', async () => {
		bench.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'No' });
		const parameters = {
			resource: 'order',
			operation: 'create',
			...order,
			quantity: 2,
			options: { splitQuantity: true },
		};
		const result = await shop()({ parameters, onError: 'continueRegularOutput' });
		expect(result.json()).toMatchObject([
			{ custom_order_no: '1001-1-1' },
			{ error: expect.stringContaining('"No" (code 7)') },
		]);
	});
});
