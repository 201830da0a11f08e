import type { IDataObject } from 'n8n-workflow';

import { items } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useShop } from './support';

/** What stands beside an error, by which a flow tells what came of its order. */

const shop = useShop();
const REFUSED = { kind: 'code', code: 7, msg: 'Insufficient balance' } as const;

type Buy = ReturnType<typeof shop.node>;

const told = async (buy: Buy, given: Parameters<Buy>[0] = {}): Promise<unknown[]> => {
	const result = await buy({ onError: 'continueErrorOutput', ...given });
	return result.json('Node', 1).map(({ details }) => {
		const { description, ...known } = details as IDataObject;
		expect(description).toEqual(expect.any(String));
		return known;
	});
};

it('not_bought: MicroeSIM refused it, or a check did', async () => {
	shop.simulator.faults.next('esimSubscribe', REFUSED);
	expect(await told(shop.node())).toEqual([{ outcome: 'not_bought', custom_order_no: '1001-1' }]);
	expect(await told(shop.node({ maximumUnitPrice: 0.01 }))).toEqual([
		{ outcome: 'not_bought', custom_order_no: '1001-1' },
	]);
});

it('not_sent: another item failed before it, so nobody looked what its number came to', async () => {
	shop.simulator.faults.next('esimSubscribe', REFUSED);
	expect(await told(shop.node(), { input: items('a', 'b') })).toEqual([
		{ outcome: 'not_bought', custom_order_no: 'a' },
		{ outcome: 'not_sent', custom_order_no: 'b' },
	]);
});

it('not_sent: it could not be read, or its number stands in two items', async () => {
	expect(await told(shop.node({}, { quantity: 0 }))).toEqual([
		{ outcome: 'not_sent', custom_order_no: '1001-1' },
	]);
	expect(await told(shop.node(), { input: items('a', 'a') })).toEqual([
		{ outcome: 'not_sent', custom_order_no: 'a' },
		{ outcome: 'not_sent', custom_order_no: 'a' },
	]);
	expect(await told(shop.node({}, { customOrderNo: '' }))).toEqual([{ outcome: 'not_sent' }]);
});

it('bought: its number was ordered before, by this plan or another one', async () => {
	const buy = shop.node({ ifDuplicate: 'error' });
	await buy();
	const { topup_id } = shop.simulator.ledger[0]!;
	const known = [{ outcome: 'bought', custom_order_no: '1001-1', topup_id }];
	expect(await told(buy)).toEqual(known);
	const plan = '={{ $json.plan }}';
	const other = shop.node({}, { planId: planById(plan) });
	const [another] = shop.simulator.plans.filter(
		({ channel_dataplan_id, status }) => channel_dataplan_id !== SAMPLE_PLAN && status === '1',
	);
	shop.simulator.ledger.length = 0;
	await other({ input: [{ json: { plan: SAMPLE_PLAN } }] });
	const [first] = shop.simulator.ledger;
	expect(await told(other, { input: [{ json: { plan: another!.channel_dataplan_id } }] })).toEqual([
		{ outcome: 'bought', custom_order_no: '1001-1', topup_id: first!.topup_id },
	]);
});
