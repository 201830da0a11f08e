import { everythingOf, items, seenError, sentTo, textOf } from '../support/look';
import { useShop } from './support';

const shop = useShop();

const ids = () => shop.simulator.ledger.map(({ topup_id }) => topup_id);
const answer = (body: string, status = 200) =>
	({ kind: 'http', status, body, contentType: 'application/json', booked: true }) as const;

describe('when a later item fails', () => {
	it.each([
		['is refused', { kind: 'code', code: 7, msg: 'The data plan is not on sale' }],
		['is in doubt', { kind: 'html502' }],
	] as const)(
		'because it %s, the error holds every order that was bought before',
		async (_name, fault) => {
			shop.simulator.faults.after('esimSubscribe', 2, fault);
			const error = seenError(await shop.buy({ input: items('a', 'b', 'c', 'd') }));
			expect(ids()).toHaveLength(2);
			expect(error.description).toContain(`${ids()[0]} (a), ${ids()[1]} (b)`);
			expect(error.message).toContain('[item 2]');
			expect(error.itemIndex).toBe(2);
			expect(sentTo(shop.simulator, 'esimSubscribe')).toHaveLength(3);
		},
	);

	it('because its input is bad, nothing is bought for the others either', async () => {
		const quantity = '={{ $json.value === "c" ? 0 : 1 }}';
		const error = seenError(await shop.buy({ input: items('a', 'b', 'c') }, {}, { quantity }));
		expect(error.message).toContain('"Quantity"');
		expect(error.description).toContain('Nothing was sent to MicroeSIM');
		expect(error.description).not.toContain('Bought before');
		expect(shop.simulator.requests).toEqual([]);
	});

	it('says nothing of orders when the first one fails', async () => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const error = seenError(await shop.buy({ input: items('a', 'b') }));
		expect(error.description).not.toContain('Bought before');
	});

	it('and the node continues, every bought order is in the output and linked to its item', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy({
			input: items('a', 'b', 'c'),
			onError: 'continueRegularOutput',
		});
		expect(result.error()).toBeUndefined();
		const [a, b, c] = result.items();
		expect(ids()).toHaveLength(2);
		expect([a?.json.topup_id, c?.json.topup_id]).toEqual(ids());
		expect(b?.json).toEqual({
			error: expect.stringContaining('"The data plan is not on sale" (code 7)') as string,
			description: expect.stringContaining('Get Many') as string,
			outcome: 'not_bought',
			custom_order_no: 'b',
		});
		expect([a, b, c].map((item) => item?.pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('and the node has an error output, bought orders and failures part ways', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy({
			input: items('a', 'b', 'c'),
			onError: 'continueErrorOutput',
		});
		expect(result.json('Node', 0).map(({ topup_id }) => topup_id)).toEqual(ids());
		expect(result.json('Node', 1)).toHaveLength(1);
		expect(textOf(result.json('Node', 1)[0], 'error')).toContain(
			'"The data plan is not on sale" (code 7)',
		);
	});
});

describe('no paid order is lost', () => {
	it('when the answer begins with a byte order mark', async () => {
		shop.simulator.faults.next(
			'esimSubscribe',
			answer('\ufeff{"code":1,"msg":"Success","result":{"topup_id":"202308161431187762753800"}}'),
		);
		const result = await shop.buy();
		expect(result.json()[0]?.topup_id).toBe('202308161431187762753800');
	});

	it('when its order ID comes as a bare number of 24 digits', async () => {
		shop.simulator.faults.next(
			'esimSubscribe',
			answer('{"code":"1","msg":"Success","result":{"topup_id":202308161431187762753801}}'),
		);
		const result = await shop.buy();
		expect(result.json()[0]?.topup_id).toBe('202308161431187762753801');
	});

	it('when a success says its text twice', async () => {
		shop.simulator.faults.next(
			'esimSubscribe',
			answer(
				'{"code":1,"msg":"Success","msg":"OK","result":{"topup_id":"202308161431187762753802"}}',
			),
		);
		const result = await shop.buy();
		const left = JSON.stringify(result.json()) + (result.error()?.message ?? '');
		expect(left).toContain('202308161431187762753802');
	});

	it.each([
		[
			'a bare text',
			'{"code":1,"msg":"Success","result":"202308161431187762753803"}',
			'202308161431187762753803',
		],
		[
			'a list',
			'{"code":1,"msg":"Success","result":[{"topup_id":"202308161431187762753804"}]}',
			'202308161431187762753804',
		],
		[
			'in "data", as the document shows for another endpoint',
			'{"code":1,"msg":"Success","data":{"topup_id":"202308161431187762753805"}}',
			'202308161431187762753805',
		],
	])('when the order ID of a success comes as %s', async (_name, body, id) => {
		shop.simulator.faults.next('esimSubscribe', answer(body));
		const result = await shop.buy();
		const error = result.error();
		const left = JSON.stringify(result.json()) + (error ? JSON.stringify(seenError(result)) : '');
		expect(left).toContain(id);
	});

	it('when an order ID comes with a code that is no success', async () => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 2,
			msg: 'Processing',
			result: { topup_id: '202308161431187762753806' },
			booked: true,
		});
		const result = await shop.buy();
		const left =
			JSON.stringify(result.json()) + JSON.stringify(result.error() ? seenError(result) : '');
		expect(left).toContain('202308161431187762753806');
	});

	it.each(['preexisting-1001', 'GEACCESS-17', 'x ECONNRESET x'])(
		'when n8n has a sentence of its own for a part of its Custom Order Number: %s',
		async (customOrderNo) => {
			shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
			const error = seenError(await shop.buy({}, {}, { customOrderNo }));
			expect(error.message).toContain('may have been bought');
			expect(error.message).toContain(customOrderNo);
		},
	);

	it('when the server names a code for which n8n would advise to retry', async () => {
		shop.simulator.faults.next(
			'esimSubscribe',
			answer('{"code":500,"msg":"carrier: ETIMEDOUT"}', 500),
		);
		const error = seenError(await shop.buy());
		expect(error.message).toContain('may have been bought');
		expect(error.description).toContain('carrier: ETIMEDOUT');
		expect(`${error.message} ${error.description}`).not.toMatch(/retry on fail/i);
	});
});

describe('an order in doubt is told', () => {
	it('names every order that is left in doubt, also of those that were on their way together', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' }, 3);
		const error = seenError(
			await shop.buy({ input: items('a', 'b', 'c') }, { concurrentOrders: 3 }),
		);
		for (const number of ['"a"', '"b"', '"c"'])
			expect(`${error.message} ${error.description}`).toContain(number);
	});

	it('every order in doubt of a split item is named', async () => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await shop.buy(
			{ onError: 'continueRegularOutput' },
			{ splitQuantity: true },
			{ quantity: 2 },
		);
		expect(shop.booked()).toEqual(['1001-1-2']);
		expect(JSON.stringify(result.json())).toContain('1001-1-2');
	});

	it('every order in doubt of a run with concurrent orders is named in the error, with the ID MicroeSIM gave', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 0,
			msg: 'Hm',
			result: { topup_id: '202401010000000000000042' },
			booked: true,
		});
		const result = await shop.buy({ input: items('a', 'b') }, { concurrentOrders: 2 });
		const text = everythingOf(result);
		const { message, description } = seenError(result);
		expect(shop.booked().sort()).toEqual(['a', 'b']);
		expect(message + description).toMatch(/"a"/);
		expect(message + description).toMatch(/"b"|202401010000000000000042/);
		expect(text).toContain('202401010000000000000042');
	});
});
