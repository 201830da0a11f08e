import { items, seenError, sentTo, textOf } from '../support/look';
import { planById } from '../support/microesim';
import { useBench } from '../support/useBench';

const bench = useBench({ balance: 1000 });

const plan = (id: string, change: object = {}) => ({
	...bench.simulator.plans[0]!,
	channel_dataplan_id: id,
	channel_dataplan_name: `Plan ${id}`,
	price: '100.00',
	status: '1',
	...change,
});

beforeAll(async () => {
	bench.simulator.plans.push(
		plan('cheap'),
		plan('gone', { status: '0' }),
		plan('dear', { price: '1,200.00' }),
		plan('by-order', { active_type: 'ACTIVEDBYORDER' }),
	);
});

const buy = async (id: string, options: object, given: object = {}) =>
	await bench.run(
		'order',
		'create',
		{ planId: planById(id), customOrderNo: '={{ $itemIndex }}', options: options as never },
		given,
	);

describe('a check before buying', () => {
	it.each([
		['gone', { mustBeOnSale: true }, 'the plan "Plan gone" is not on sale'],
		['dear', { maximumUnitPrice: 500 }, 'the plan costs 1200 HKD, and "Maximum Unit Price" is 500'],
		[
			'cheap',
			{ expectedPlanName: 'Japan 5 days' },
			'the plan is called "Plan cheap" now, and "Expected Plan Name" is "Japan 5 days"',
		],
		[
			'cheap',
			{ keepBalanceAbove: 950 },
			'it would leave a balance of 900.00, and "Keep Balance Above" is 950',
		],
		['nowhere', { mustBeOnSale: true }, 'MicroeSIM has no data plan with the ID "nowhere"'],
	])('that fails buys nothing and says what was found (%s)', async (id, options, found) => {
		expect(seenError(await buy(id, options)).message).toContain(found);
		expect(sentTo(bench.simulator, 'esimSubscribe')).toEqual([]);
	});

	it('that fails frees the number', async () => {
		const workflowId = 'freed';
		await buy('cheap', { maximumUnitPrice: 50 }, { workflowId });
		await buy('cheap', { maximumUnitPrice: 150 }, { workflowId });
		expect(bench.simulator.ledger).toHaveLength(1);
	});

	it('that passes buys', async () => {
		const options = {
			mustBeOnSale: true,
			maximumUnitPrice: 100,
			expectedPlanName: 'Plan cheap',
			keepBalanceAbove: 900,
		};
		expect((await buy('cheap', options)).json()).toMatchObject([{ channel_dataplan_id: 'cheap' }]);
	});

	it('of several items reads catalogue and balance once, and counts what the run has spent', async () => {
		const result = await buy(
			'cheap',
			{ keepBalanceAbove: 700, concurrentOrders: 5 },
			{ input: items(1, 2, 3, 4, 5), onError: 'continueRegularOutput' },
		);
		expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(1);
		expect(sentTo(bench.simulator, 'accountBalance')).toHaveLength(1);
		expect(bench.simulator.ledger).toHaveLength(3);
		expect(result.json().filter(({ error }) => error !== undefined)).toHaveLength(2);
	});

	it('is not made, and nothing is read before the order, where none is asked for', async () => {
		await buy('cheap', {});
		expect(bench.simulator.requests[0]?.endpoint).toBe('esimSubscribe');
		expect(sentTo(bench.simulator, 'accountBalance')).toEqual([]);
	});

	it.each([
		[{ maximumUnitPrice: '={{ "a lot" }}' }, 'Maximum Unit Price'],
		[{ keepBalanceAbove: '={{ -1 }}' }, 'Keep Balance Above'],
		[{ concurrentOrders: 11 }, 'Concurrent Orders'],
	])('whose option makes no sense is refused: %j', async (options, name) => {
		expect(seenError(await buy('cheap', options)).message).toContain(`"${name}"`);
		expect(bench.simulator.requests).toEqual([]);
	});

	it('hints in the output pane that a plan becomes active with its order', async () => {
		const result = await buy('by-order', { mustBeOnSale: true });
		expect(JSON.stringify(result.runs('Node')[0]?.hints)).toContain(
			'becomes active with the order',
		);
	});

	it('an option that caps the price does not vanish when its expression finds nothing', async () => {
		const result = await buy('cheap', { maximumUnitPrice: '={{ $json.nope }}' });
		expect(result.error()).toBeDefined();
		expect(bench.simulator.ledger).toEqual([]);
	});

	it('an Expected Plan Name that resolves to nothing does not switch its check off', async () => {
		const result = await buy('cheap', { expectedPlanName: '={{ $json.nope }}' });
		expect(result.error()).toBeDefined();
		expect(bench.simulator.ledger).toEqual([]);
	});

	it('a balance that cannot be read is told each item once', async () => {
		bench.simulator.faults.always('accountBalance', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result: {},
		});
		const result = await buy(
			'cheap',
			{ keepBalanceAbove: 1 },
			{ input: items('a', 'b'), onError: 'continueRegularOutput' },
		);
		expect(result.json()).toHaveLength(2);
		for (const item of result.json())
			expect(textOf(item, 'error').match(/\[item/g)).toHaveLength(1);
	});

	it('a refused order does not count as spent', async () => {
		bench.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		// Enough for one.
		const run = await buy(
			'cheap',
			{ keepBalanceAbove: 899.99 },
			{ input: items('a', 'b'), onError: 'continueRegularOutput' },
		);
		expect(bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no)).toEqual(['1']);
		expect(run.json()[1]?.error).toBeUndefined();
	});
});

describe('amounts in two currencies', () => {
	const usd = { currency: 'USD' };

	beforeAll(() => {
		bench.simulator.plans.push(
			plan('in-dollars', usd),
			plan('small-letters', { currency: ' hkd ' }),
			plan('no-currency', { currency: '' }),
		);
	});

	it.each([
		['keepBalanceAbove', 'Keep Balance Above'],
		['maximumUnitPrice', 'Maximum Unit Price'],
	])('are not compared: with %s nothing is bought', async (option, label) => {
		const { message } = seenError(await buy('in-dollars', { [option]: 500 }));
		expect(message).toContain(
			`the plan is priced in USD, but the account is kept in HKD, so "${label}" cannot be compared with it`,
		);
		expect(bench.simulator.ledger).toEqual([]);
	});

	it.each(['small-letters', 'no-currency'])(
		'are compared where nothing differs: %s',
		async (id) => {
			const result = await buy(id, { keepBalanceAbove: 500, maximumUnitPrice: 100 });
			expect(result.error()).toBeUndefined();
			expect(bench.simulator.ledger).toHaveLength(1);
		},
	);

	it('are compared where the account names none', async () => {
		const result = { balance: 1000 };
		bench.simulator.faults.next('accountBalance', { kind: 'code', code: 1, msg: '', result });
		await buy('in-dollars', { keepBalanceAbove: 500, maximumUnitPrice: 100 });
		expect(bench.simulator.ledger).toHaveLength(1);
	});

	it('are no matter where no amount is checked, and no balance is read then', async () => {
		await buy('in-dollars', { mustBeOnSale: true });
		expect(bench.simulator.ledger).toHaveLength(1);
		expect(sentTo(bench.simulator, 'accountBalance')).toEqual([]);
	});

	it('cost one request for the account, however many items and checks there are', async () => {
		await buy(
			'cheap',
			{ maximumUnitPrice: 100, keepBalanceAbove: 1, concurrentOrders: 5 },
			{ input: items(1, 2, 3) },
		);
		expect(bench.simulator.ledger).toHaveLength(3);
		expect(sentTo(bench.simulator, 'accountBalance')).toHaveLength(1);
	});

	it('do not make a Maximum Unit Price depend on a balance that is not told', async () => {
		const result = { currency: 'HKD' };
		bench.simulator.faults.next('accountBalance', { kind: 'code', code: 1, msg: '', result });
		await buy('cheap', { maximumUnitPrice: 100 });
		expect(bench.simulator.ledger).toHaveLength(1);
	});
});

describe('Require Activation Date', () => {
	const required = { requireActivationDate: true };
	const buyDated = async (id: string, activationDate: string) =>
		await bench.run('order', 'create', {
			planId: planById(id),
			customOrderNo: '1',
			activationDate,
			options: required,
		});

	it('buys nothing of a plan that becomes active with the order, where no date is set', async () => {
		const { message } = seenError(await buy('by-order', required));
		expect(message).toContain(
			'the plan "Plan by-order" becomes active with the order, and "Require Activation Date" is on',
		);
		expect(bench.simulator.ledger).toEqual([]);
	});

	it.each([
		['another day', '={{ $now.plus({ days: 3 }) }}'],
		['now, which is a date somebody chose', '={{ $now }}'],
	])('buys where the date is %s', async (_, date) => {
		const result = await buyDated('by-order', date);
		expect(result.error()).toBeUndefined();
		expect(bench.simulator.ledger).toHaveLength(1);
		expect(result.runs('Node')[0]?.hints ?? []).toEqual([]);
	});

	it('refuses an expression that found no date', async () => {
		expect((await buyDated('by-order', '={{ $json.nope }}')).error()).toBeDefined();
		expect(bench.simulator.ledger).toEqual([]);
	});

	it('asks nothing of a plan that the phone starts', async () => {
		await buy('cheap', required);
		expect(bench.simulator.ledger).toHaveLength(1);
	});
});

it.each([
	['requireActivationDate', 'Require Activation Date'],
	['mustBeOnSale', 'Plan Must Be On Sale'],
])('%s does not vanish when its expression finds nothing', async (option, label) => {
	for (const value of ['={{ $json.nope }}', '={{ null }}', '={{ "perhaps" }}', '={{ 1 }}']) {
		const { message } = seenError(await buy('cheap', { [option]: value }));
		expect(message).toContain(`The option "${label}" must be on or off`);
	}
	expect(bench.simulator.requests).toEqual([]);
	await buy('cheap', { [option]: '={{ "false" }}' });
	expect(bench.simulator.ledger).toHaveLength(1);
});
