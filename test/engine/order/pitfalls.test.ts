import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IRun } from 'n8n-workflow';

import { forgetOrders } from '../../inside';
import { items, seenError, everythingOf, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench, useBenches } from '../support/useBench';

const bench = useBench();
const openBench = useBenches();
let workflows = 0;

beforeEach(() => forgetOrders());
afterEach(() => jest.restoreAllMocks());

const order = { planId: planById(SAMPLE_PLAN), customOrderNo: '={{ $json.value ?? "1001-1" }}' };
const ledger = () => bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no);

function shop(options: object = {}, parameters: object = {}) {
	const workflowId = `pitfall-${++workflows}`;
	return async (given: object = {}) =>
		await bench.run(
			'order',
			'create',
			{ ...order, ...parameters, options: { ...options } as never },
			{ workflowId, ...given },
		);
}

describe('bought twice', () => {
	it('Retry On Fail with a number made from the clock: an order in doubt is not bought again', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await shop(
			{},
			{ customOrderNo: '=shop-{{ $now.toMillis() }}' },
		)({ retryOnFail: true, maxTries: 3, waitBetweenTries: 5 });
		expect(ledger()).toHaveLength(0);
	});

	it('a retry from the list with a number made from $executionId is refused', async () => {
		const buy = shop({}, { customOrderNo: '=n-{{ $executionId }}' });
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		seenError(await buy({ executionId: '71' }));
		await buy({ executionId: '72', mode: 'retry' });
		expect(ledger()).toHaveLength(1);
	});

	it('a JSON answer HTTP 408 from a gateway does not free the number', async () => {
		const buy = shop();
		bench.simulator.faults.next('esimSubscribe', {
			kind: 'http',
			status: 408,
			body: '{"code":408,"msg":"Request timeout"}',
			contentType: 'application/json',
			booked: true,
		});
		await buy();
		await buy();
		expect(ledger()).toHaveLength(1);
	});

	it('an option that caps the price does not vanish when its expression finds nothing', async () => {
		const result = await shop({ maximumUnitPrice: '={{ $json.nope }}' })();
		expect(result.error()).toBeDefined();
		expect(ledger()).toEqual([]);
	});

	it('an Expected Plan Name that resolves to nothing does not switch its check off', async () => {
		const result = await shop({ expectedPlanName: '={{ $json.nope }}' })();
		expect(result.error()).toBeDefined();
		expect(ledger()).toEqual([]);
	});
});

describe('lost', () => {
	it('every order in doubt of a split item is named', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg: 'No' });
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await shop(
			{ splitQuantity: true },
			{ quantity: 2 },
		)({ onError: 'continueRegularOutput' });
		expect(ledger()).toEqual(['1001-1-2']);
		expect(JSON.stringify(result.json())).toContain('1001-1-2');
	});

	it('every order in doubt of a run with concurrent orders is named in the error, with the ID MicroeSIM gave', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		bench.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 0,
			msg: 'Hm',
			result: { topup_id: '202401010000000000000042' },
			booked: true,
		});
		const result = await shop({ concurrentOrders: 2 })({ input: items('a', 'b') });
		const text = everythingOf(result);
		const { message, description } = seenError(result);
		expect(ledger().sort()).toEqual(['a', 'b']);
		expect(message + description).toMatch(/"a"/);
		expect(message + description).toMatch(/"b"|202401010000000000000042/);
		expect(text).toContain('202401010000000000000042');
	});

	it('every late order of a split item is told at the error output', async () => {
		const slow = await openBench({ deliveryMs: 60_000 });
		const result = await slow.run(
			'order',
			'create',
			{
				...order,
				quantity: 2,
				options: {
					splitQuantity: true,
					waitForDelivery: true,
					ifNotReady: 'error',
					maximumWait: 1,
				},
			},
			{ onError: 'continueErrorOutput' },
		);
		const told = JSON.stringify(result.json('Node', 1));
		const ids = slow.simulator.ledger.map(({ topup_id }) => topup_id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(told).toContain(id);
	});

	it('stopping during the wait keeps the ID of the paid order in what n8n saves', async () => {
		const saved: string[] = [];
		const original = ExecutionLifecycleHooks.prototype.runHook;
		jest.spyOn(ExecutionLifecycleHooks.prototype, 'runHook').mockImplementation(async function (
			this: ExecutionLifecycleHooks,
			name,
			parameters,
		) {
			if (name === 'workflowExecuteAfter') saved.push(JSON.stringify((parameters[0] as IRun).data));
			await original.call(this, name, parameters as never);
		});
		const slow = await openBench({ deliveryMs: 60_000 });
		const abort = new AbortController();
		const running = slow.run(
			'order',
			'create',
			{ ...order, options: { waitForDelivery: true } },
			{ signal: abort.signal },
		);
		while (slow.simulator.ledger.length === 0)
			await new Promise((resolve) => setTimeout(resolve, 20));
		await new Promise((resolve) => setTimeout(resolve, 500));
		abort.abort();
		await running;
		const id = slow.simulator.ledger[0]!.topup_id;
		expect(saved.length).toBeGreaterThan(0);
		expect(saved.join()).toContain(id);
	});

	it('an order that stopping kept from leaving does not block its number', async () => {
		const workflowId = `pitfall-${++workflows}`;
		const abort = new AbortController();
		bench.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 600 });
		const parameters = { ...order, options: { concurrentOrders: 1 } };
		const running = bench.run('order', 'create', parameters, {
			workflowId,
			signal: abort.signal,
			input: items('a', 'b'),
			onError: 'continueRegularOutput',
		});
		while (bench.simulator.ledger.length === 0)
			await new Promise((resolve) => setTimeout(resolve, 10));
		abort.abort();
		await running;
		const again = await bench.run('order', 'create', parameters, { workflowId, input: items('b') });
		expect(again.json()[0]).not.toMatchObject({ duplicate: true });
		expect(ledger()).toContain('b');
	});

	it('late orders keep their ID with Simplify off', async () => {
		const slow = await openBench({ deliveryMs: 60_000 });
		const bought = await slow.run('order', 'create', { ...order });
		const topupId = textOf(bought.json()[0], 'topup_id');
		const shapes: unknown[] = [];
		for (let n = 0; n < 6; n++) {
			slow.simulator.faults.next('topupDetail', {
				kind: 'code',
				code: 1,
				msg: 'Processing',
				result: n % 2 ? { status: 'Processing' } : 'Processing',
			});
			const result = await slow.run('order', 'get', { topupId, simplify: false });
			shapes.push(result.error()?.message ?? result.json());
		}
		for (const shape of shapes) expect(JSON.stringify(shape)).toContain(topupId);
	});
});

describe('what the shop is told', () => {
	it('a number that is used for another plan in the same run is not passed on as that order', async () => {
		const [first, second] = bench.simulator.plans;
		const result = await shop(
			{},
			{ planId: { __rl: true, mode: 'id', value: '={{ $json.plan }}' }, customOrderNo: '1001' },
		)({
			input: [
				{ json: { plan: first!.channel_dataplan_id } },
				{ json: { plan: second!.channel_dataplan_id } },
			],
		});
		const [, korea] = result.json();
		const bought = bench.simulator.ledger.find(({ topup_id }) => topup_id === korea?.topup_id);
		if (bought)
			expect(korea?.channel_dataplan_id).toBe(
				(bought as never as { plan: { channel_dataplan_id: string } }).plan?.channel_dataplan_id ??
					(bought as never as { channel_dataplan_id: string }).channel_dataplan_id,
			);
		expect(result.error()).toBeDefined();
	});

	it('Retry On Fail does not turn an order in doubt into a success', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await shop()({ retryOnFail: true, maxTries: 3, waitBetweenTries: 5 });
		expect(result.error() ?? result.json()[0]?.error).toBeDefined();
	});

	it('a database that does not take the number is said in our words', async () => {
		jest
			.spyOn(bench.engine.duplicates, 'checkProcessedAndRecord')
			.mockRejectedValue(new Error('SQLITE_BUSY: database is locked'));
		expect(seenError(await shop()()).message).toContain('could not be written down');
	});

	it('a balance that cannot be read is told each item once', async () => {
		bench.simulator.faults.always('accountBalance', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result: {},
		});
		const result = await shop({ keepBalanceAbove: 1 })({
			input: items('a', 'b'),
			onError: 'continueRegularOutput',
		});
		for (const item of result.json())
			expect(textOf(item, 'error').match(/\[item/g)).toHaveLength(1);
	});

	it('a refused order does not count as spent', async () => {
		const { result } = { result: await bench.run('account', 'getBalance') };
		const balance = Number(result.json()[0]!.balance);
		const price = Number(
			(
				bench.simulator.plans.find((p) => p.channel_dataplan_id === SAMPLE_PLAN) as {
					price: string;
				}
			).price,
		);
		bench.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg: 'No' });
		const run = await shop({ keepBalanceAbove: balance - price - 0.01 })({
			input: items('a', 'b'),
			onError: 'continueRegularOutput',
		});
		expect(ledger()).toEqual(['b']);
		expect(run.json()[1]?.error).toBeUndefined();
	});
});
