import type { IDataObject } from 'n8n-workflow';

import { forgetOrders } from '../../inside';
import { plan } from '../plans/support';
import { items, seenError, sentTo, textOf } from '../support/look';
import { planById } from '../support/microesim';
import { useShop } from './support';

const shop = useShop();

beforeEach(() => {
	shop.simulator.plans.splice(
		0,
		Infinity,
		plan('P', { price: '12.35', channel_dataplan_name: 'Seven days' }),
		plan('gone', { status: '0' }),
		plan('now', { active_type: 'ACTIVEDBYORDER' }),
	);
});

const preview = async (parameters: IDataObject = {}, input = items('1001-1')) =>
	await shop.node(parameters.options as IDataObject, {
		planId: planById('P'),
		previewOnly: true,
		...parameters,
	})({ input });

it('shows price, balance and number, and buys nothing', async () => {
	const [item, ...others] = (await preview({ quantity: 3 })).json();
	expect(others).toEqual([]);
	expect(item).toMatchObject({
		preview: true,
		checks_passed: true,
		reason: null,
		custom_order_no: '1001-1',
		channel_dataplan_id: 'P',
		channel_dataplan_name: 'Seven days',
		number: 3,
		price: 12.35,
		currency: 'HKD',
		total_price: 37.05,
		balance: 1_000_000,
		balance_after: 999_962.95,
		on_sale: true,
	});
	expect(sentTo(shop.simulator, 'esimSubscribe')).toEqual([]);
});

it('takes no number: what was shown can be bought', async () => {
	const node = shop.node(
		{},
		{ planId: planById('P'), previewOnly: '={{ $json.value === "only" }}', customOrderNo: 'N' },
	);
	await node({ input: items('only') });
	forgetOrders();
	const bought = await node({ input: items('now') });
	expect(bought.json()).toMatchObject([{ custom_order_no: 'N' }]);
	expect(bought.json()[0]).not.toHaveProperty('duplicate');
	expect(shop.booked()).toEqual(['N']);
});

it('says that a number was ordered before, also after a restart', async () => {
	const node = shop.node(
		{},
		{ planId: planById('P'), previewOnly: '={{ $json.value === "only" }}', customOrderNo: 'N' },
	);
	const [bought] = (await node({ input: items('buy') })).json();
	expect((await node({ input: items('only') })).json()).toMatchObject([
		{
			checks_passed: false,
			reason: `the Custom Order Number "N" was ordered before as order ${textOf(bought, 'topup_id')}`,
			duplicate: true,
			outcome: 'bought',
			topup_id: bought?.topup_id,
		},
	]);
	forgetOrders();
	expect((await node({ input: items('only') })).json()).toMatchObject([
		{ checks_passed: false, reason: 'the Custom Order Number "N" was ordered before' },
	]);
	expect(shop.booked()).toEqual(['N']);
});

it.each<[string, IDataObject, string]>([
	['a price', { checks: { maximumUnitPrice: 10 } }, 'the plan costs 12.35 HKD'],
	[
		'a plan that is not on sale',
		{ planId: planById('gone'), checks: { mustBeOnSale: true } },
		'is not on sale',
	],
	[
		'another name',
		{ checks: { expectedPlanName: 'Eight days' } },
		'the plan is called "Seven days" now',
	],
	['a balance', { checks: { keepBalanceAbove: 999_999 } }, 'it would leave a balance of 999987.65'],
	[
		'a start at once',
		{ planId: planById('now'), checks: { requireActivationDate: true } },
		'becomes active with the order',
	],
	['a plan that does not exist', { planId: planById('none') }, 'no data plan with the ID "none"'],
])('says what a check finds: %s', async (_name, parameters, reason) => {
	const [item] = (await preview(parameters)).json();
	expect(item).toMatchObject({ preview: true, checks_passed: false });
	expect(item?.reason).toContain(reason);
});

it('counts what the orders before would cost', async () => {
	const result = await preview({ checks: { keepBalanceAbove: 999_970 } }, items('a', 'b', 'c'));
	expect(result.json().map(({ checks_passed, balance }) => [checks_passed, balance])).toEqual([
		[true, 1_000_000],
		[true, 999_987.65],
		[false, 999_975.3],
	]);
});

it('shows each of the single orders', async () => {
	const result = await preview({ quantity: 2, options: { splitQuantity: true } });
	expect(result.json().map(({ custom_order_no, number }) => [custom_order_no, number])).toEqual([
		['1001-1-1', 1],
		['1001-1-2', 1],
	]);
});

it('refuses what no order could be made of, as Create does', async () => {
	expect(seenError(await preview({ quantity: 0 })).message).toContain('"Quantity" must be');
	expect(shop.simulator.requests).toEqual([]);
});

it.each(['perhaps', '={{ null }}', '={{ 1 }}', '={{ "" }}'])(
	'buys nothing where it is neither on nor off: %s',
	async (previewOnly) => {
		expect(seenError(await preview({ previewOnly })).message).toContain(
			'"Preview Only" must be on or off',
		);
		expect(shop.simulator.requests).toEqual([]);
	},
);

it('says that MicroeSIM cannot be asked', async () => {
	shop.simulator.faults.always('accountBalance', { kind: 'code', code: 7, msg: 'Closed' });
	expect(seenError(await preview()).message).toContain('refused reading the balance');
});
