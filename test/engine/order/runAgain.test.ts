import { items, seenError } from '../support/look';
import { useTimeouts } from '../support/timeouts';
import { ORDER, RETRY, useShop } from './support';

const shop = useShop();
const waitAtMost = useTimeouts();

describe('Retry On Fail', () => {
	it('tells every order ID of its first try, also where a duplicate is an error', async () => {
		shop.simulator.faults.after('esimSubscribe', 2, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy(
			{ ...RETRY, input: items('a', 'b', 'c') },
			{ ifDuplicate: 'error' },
		);
		const told = JSON.stringify([
			result.json(),
			result.error()?.message,
			result.error()?.description,
		]);
		expect(shop.booked()).toEqual(['a', 'b', 'c']);
		for (const { topup_id } of shop.simulator.ledger) expect(told).toContain(topup_id);
	});

	it('tells every order ID of its first try, also of orders that were on their way beside one in doubt', async () => {
		waitAtMost('subscribe', 3000);
		shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 20_000 });
		const result = await shop.buy(
			{ ...RETRY, input: items('a', 'b', 'c', 'd', 'e', 'f') },
			{ concurrentOrders: 2 },
		);
		const told = JSON.stringify([
			result.json(),
			result.error()?.message,
			result.error()?.description,
		]);
		const [, ...answered] = shop.simulator.ledger;
		expect(answered.filter(({ topup_id }) => !told.includes(topup_id))).toEqual([]);
	});

	it('names every order that its first try left in doubt, also those behind the first of them', async () => {
		waitAtMost('subscribe', 3000);
		shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 20_000 });
		shop.simulator.faults.after('esimSubscribe', 3, { kind: 'cutAfter' });
		const error = seenError(
			await shop.buy({ ...RETRY, input: items('a', 'b', 'c', 'd', 'e') }, { concurrentOrders: 2 }),
		);
		expect(shop.booked()).toEqual(['a', 'b', 'c', 'd']);
		const said = `${error.message} ${error.description}`
			.match(/[^.]*may have been bought[^.]*/g)
			?.join(' ');
		for (const number of ['"a"', '"d"']) expect(said).toContain(number);
	});

	it('does not turn an order in doubt into a success', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await shop.buy({ ...RETRY, input: items('a') });
		expect(seenError(result).message).toContain('may have been bought');
	});

	it('sends no further item after an order in doubt', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await shop.buy({ ...RETRY, input: items('a', 'b') });
		expect(shop.sent()).toEqual(['a']);
	});

	it('is not possible with a number made from the clock: nothing is sent', async () => {
		const customOrderNo = '=shop-{{ $now.toMillis() }}';
		const result = await shop.buy({ ...RETRY, waitBetweenTries: 5 }, {}, { customOrderNo });
		expect(seenError(result).message).toContain('the Custom Order Number changes with each try');
		expect(shop.simulator.requests).toEqual([]);
	});
});

describe('when n8n runs an order again', () => {
	it('with Retry On Fail, what was bought is not bought again and its ID is in the output', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy({ ...RETRY, input: items('a', 'b', 'c') });
		expect(shop.booked()).toEqual(['a', 'b', 'c']);
		expect(result.json().map(({ topup_id }) => topup_id)).toEqual(
			shop.simulator.ledger.map(({ topup_id }) => topup_id),
		);
	});

	it('from the executions list, a number made from the execution is refused with the way out', async () => {
		const result = await shop.run('order', 'create', { planId: ORDER.planId }, { mode: 'retry' });
		const error = seenError(result);
		expect(error.message).toContain('when an execution is retried');
		expect(error.description).toContain("the ID of the line of your shop's order");
		expect(shop.simulator.requests).toEqual([]);
	});

	it('from the executions list, a number of the shop protects', async () => {
		const buy = shop.node();
		await buy();
		expect((await buy({ mode: 'retry' })).json()).toMatchObject([{ duplicate: true }]);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('a retry from the list with a number made from $executionId is refused', async () => {
		const buy = shop.node({}, { customOrderNo: '=n-{{ $executionId }}' });
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		seenError(await buy({ executionId: '71' }));
		await buy({ executionId: '72', mode: 'retry' });
		expect(shop.booked()).toHaveLength(1);
	});
});
