import { items, seenError, sentTo, textOf } from '../support/look';
import { useTimeouts } from '../support/timeouts';
import { useShop } from './support';

const shop = useShop();
const waitAtMost = useTimeouts();

describe('several orders of a run', () => {
	it('are bought one after another by default, and up to ten at once by choice', async () => {
		let atOnce = 0;
		let most = 0;
		shop.simulator.faults.always('esimSubscribe', { kind: 'slow', ms: 30, book: true });
		const watch = setInterval(() => {
			atOnce = sentTo(shop.simulator, 'esimSubscribe').filter(
				({ status }) => status === null,
			).length;
			most = Math.max(most, atOnce);
		}, 2);
		const all = items('a', 'b', 'c', 'd', 'e', 'f');
		await shop.buy({ input: all });
		const alone = most;
		most = 0;
		const together = await shop.buy({ input: all }, { concurrentOrders: 5 });
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
			shop.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg });
			const result = await shop.buy({
				input: items('a', 'b', 'c'),
				onError: 'continueRegularOutput',
			});
			expect(sentTo(shop.simulator, 'esimSubscribe')).toHaveLength(2);
			expect(textOf(result.json()[2], 'error')).toContain('was not sent');
		},
	);

	it('that were not sent any more are not told as bought because another run bought their number', async () => {
		const buy = shop.node();
		const [{ topup_id: earlier } = {}] = (await buy({ input: items('b') })).json();
		expect(earlier).toBeDefined();
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const error = seenError(await buy({ input: items('a', 'b') }));
		expect(error.message).toContain('"The data plan is not on sale" (code 7)');
		expect(error.description).not.toContain('Bought before');
		expect(error.description).not.toContain(earlier);
	});

	it('are single orders with numbers of their own where the quantity is split', async () => {
		const buy = shop.node({ splitQuantity: true }, { quantity: 3 });
		const result = await buy();
		expect(shop.booked()).toEqual(['1001-1-1', '1001-1-2', '1001-1-3']);
		expect(shop.simulator.ledger.map(({ number }) => number)).toEqual([1, 1, 1]);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
		expect((await buy()).json().every(({ duplicate }) => duplicate === true)).toBe(true);
	});

	it('split, give what was bought beside the error of what was not', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy(
			{ onError: 'continueRegularOutput' },
			{ splitQuantity: true },
			{ quantity: 2 },
		);
		expect(result.json()).toMatchObject([
			{ custom_order_no: '1001-1-1' },
			{ error: expect.stringContaining('"The data plan is not on sale" (code 7)') },
		]);
	});
});

it('sends one request per item, goes on after a refusal and sends no more after a doubt, when it continues on fail', async () => {
	waitAtMost('subscribe', 3000);
	const { faults } = shop.simulator;
	faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'The data plan does not exist' });
	faults.after('esimSubscribe', 3, { kind: 'slow', ms: 20_000 });
	const result = await shop.buy({
		input: items('a', 'b', 'c', 'd', 'e', 'f'),
		onError: 'continueRegularOutput',
	});
	expect(shop.sent()).toEqual(['a', 'b', 'c', 'd']);
	const [a, b, c, d, e, f] = result.json();
	expect([a?.topup_id, c?.topup_id]).toEqual(
		shop.simulator.ledger.slice(0, 2).map(({ topup_id }) => topup_id),
	);
	expect(textOf(b, 'error')).toContain('"The data plan does not exist"');
	expect(d).toMatchObject({ outcome: 'unknown', custom_order_no: 'd' });
	for (const [item, number] of [
		[e, 'e'],
		[f, 'f'],
	] as const) {
		expect(textOf(item, 'error')).toContain(
			`"${number}" was not sent, because the order "d" of item 3 failed before it`,
		);
	}
	expect(shop.booked()).toEqual(['a', 'c', 'd']);
});
