import { forgetOrders } from '../../inside';
import { items, seenError, textOf } from '../support/look';
import { useShop } from './support';

const shop = useShop();

describe('a Custom Order Number that was used before', () => {
	it('sends nothing, and the item goes on with the order ID that is known', async () => {
		const buy = shop.node();
		const first = await buy();
		const again = await buy();
		expect(shop.booked()).toEqual(['1001-1']);
		expect(again.json()).toEqual([{ duplicate: true, outcome: 'bought', ...first.json()[0] }]);
	});

	it('sends nothing after a restart of n8n', async () => {
		const buy = shop.node();
		await buy();
		forgetOrders();
		expect((await buy()).json()).toMatchObject([
			{ duplicate: true, outcome: 'bought', custom_order_no: '1001-1' },
		]);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('is an error by choice, which names the order', async () => {
		const buy = shop.node({ ifDuplicate: 'error' });
		const [first] = (await buy()).json();
		const error = seenError(await buy());
		expect(error.message).toContain(
			`"1001-1" was ordered before as order ${textOf(first, 'topup_id')}`,
		);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('is ordered again where the guard is switched off', async () => {
		const buy = shop.node({ preventDuplicates: false });
		await buy();
		await buy();
		expect(shop.booked()).toEqual(['1001-1', '1001-1']);
	});

	it('belongs to its node: another workflow may use it', async () => {
		await shop.buy();
		await shop.buy();
		expect(shop.booked()).toEqual(['1001-1', '1001-1']);
	});

	it.each([1, 2, 25])(
		'is bought once by %p executions at the same moment, and all know its order ID',
		async (executions) => {
			const buy = shop.node();
			const results = await Promise.all(
				Array.from({ length: executions }, async () => await buy()),
			);
			expect(shop.booked()).toEqual(['1001-1']);
			const ids = new Set(results.map((result) => result.json()[0]?.topup_id));
			expect([...ids]).toEqual([shop.simulator.ledger[0]?.topup_id]);
		},
	);

	it('loses no number when many different ones are written at the same moment', async () => {
		const buy = shop.node();
		const all = Array.from({ length: 20 }, (_, index) => String(index));
		await Promise.all(all.map(async (number) => await buy({ input: items(number) })));
		forgetOrders();
		const again = await buy({ input: items(...all) });
		expect(again.json().every(({ duplicate }) => duplicate === true)).toBe(true);
		expect(shop.booked().sort()).toEqual([...all].sort());
	});
});

describe('an order that was not bought', () => {
	it.each([
		['refused', { kind: 'code', code: 7, msg: 'The data plan is not on sale' }],
		['refused with HTTP 429', { kind: 'tooMany429' }],
	] as const)('frees its number when it was %s', async (_name, fault) => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', fault);
		seenError(await buy());
		forgetOrders();
		expect((await buy()).json()[0]?.topup_id).toBe(shop.simulator.ledger[0]?.topup_id);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('frees its number when nobody listened', async () => {
		const buy = shop.node();
		seenError(
			await buy({
				credentials: { microesimApi: { ...shop.credential, baseUrl: 'http://127.0.0.1:9' } },
			}),
		);
		await buy();
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('lets the next of several executions at the same moment try', async () => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		await Promise.all([buy(), buy(), buy()]);
		expect(shop.booked()).toEqual(['1001-1']);
	});
});
