import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';
import { items, seenError, sentTo, textOf } from '../support/look';

const bench = useBench();

const order = { planId: planById(SAMPLE_PLAN), customOrderNo: '={{ $json.value ?? "1001-1" }}' };
const ids = () => bench.simulator.ledger.map(({ topup_id }) => topup_id);
const answer = (body: string, status = 200) =>
	({ kind: 'http', status, body, contentType: 'application/json', booked: true }) as const;

describe('when a later item fails', () => {
	it.each([
		['is refused', { kind: 'code', code: 7, msg: 'No' }],
		['is in doubt', { kind: 'html502' }],
	] as const)(
		'because it %s, the error holds every order that was bought before',
		async (_name, fault) => {
			bench.simulator.faults.after('esimSubscribe', 2, fault);
			const error = seenError(
				await bench.run('order', 'create', order, { input: items('a', 'b', 'c', 'd') }),
			);
			expect(ids()).toHaveLength(2);
			expect(error.description).toContain(`${ids()[0]} (a), ${ids()[1]} (b)`);
			expect(error.message).toContain('[item 2]');
			expect(error.itemIndex).toBe(2);
			expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(3);
		},
	);

	it('because its input is bad, the error holds every order that was bought before', async () => {
		const quantity = '={{ $json.value === "c" ? 0 : 1 }}';
		const error = seenError(
			await bench.run('order', 'create', { ...order, quantity }, { input: items('a', 'b', 'c') }),
		);
		expect(error.message).toContain('"Quantity"');
		for (const id of ids()) expect(error.description).toContain(id);
		// An item without an order was bought neither: whatever was ordered is named.
		expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(ids().length);
	});

	it('says nothing of orders when the first one fails', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg: 'No' });
		const error = seenError(await bench.run('order', 'create', order, { input: items('a', 'b') }));
		expect(error.description).not.toContain('Bought before');
	});

	it('and the node continues, every bought order is in the output and linked to its item', async () => {
		bench.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'No' });
		const result = await bench.run('order', 'create', order, {
			input: items('a', 'b', 'c'),
			onError: 'continueRegularOutput',
		});
		expect(result.error()).toBeUndefined();
		const [a, b, c] = result.items();
		expect(ids()).toHaveLength(2);
		expect([a?.json.topup_id, c?.json.topup_id]).toEqual(ids());
		expect(b?.json).toEqual({ error: expect.stringContaining('"No" (code 7)') as string });
		expect([a, b, c].map((item) => item?.pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('and the node has an error output, bought orders and failures part ways', async () => {
		bench.simulator.faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'No' });
		const result = await bench.run('order', 'create', order, {
			input: items('a', 'b', 'c'),
			onError: 'continueErrorOutput',
		});
		expect(result.json('Node', 0).map(({ topup_id }) => topup_id)).toEqual(ids());
		expect(result.json('Node', 1)).toHaveLength(1);
		expect(textOf(result.json('Node', 1)[0], 'error')).toContain('"No" (code 7)');
	});
});

describe('no paid order is lost', () => {
	it('when the answer begins with a byte order mark', async () => {
		bench.simulator.faults.next(
			'esimSubscribe',
			answer('\ufeff{"code":1,"msg":"Success","result":{"topup_id":"202308161431187762753800"}}'),
		);
		const result = await bench.run('order', 'create', order);
		expect(result.json()[0]?.topup_id).toBe('202308161431187762753800');
	});

	it('when its order ID comes as a bare number of 24 digits', async () => {
		bench.simulator.faults.next(
			'esimSubscribe',
			answer('{"code":"1","msg":"Success","result":{"topup_id":202308161431187762753801}}'),
		);
		const result = await bench.run('order', 'create', order);
		expect(result.json()[0]?.topup_id).toBe('202308161431187762753801');
	});

	it('when a success says its text twice', async () => {
		bench.simulator.faults.next(
			'esimSubscribe',
			answer(
				'{"code":1,"msg":"Success","msg":"OK","result":{"topup_id":"202308161431187762753802"}}',
			),
		);
		const result = await bench.run('order', 'create', order);
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
		bench.simulator.faults.next('esimSubscribe', answer(body));
		const result = await bench.run('order', 'create', order);
		const error = result.error();
		const left = JSON.stringify(result.json()) + (error ? JSON.stringify(seenError(result)) : '');
		expect(left).toContain(id);
	});

	it('when an order ID comes with a code that is no success', async () => {
		bench.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 2,
			msg: 'Processing',
			result: { topup_id: '202308161431187762753806' },
			booked: true,
		});
		const result = await bench.run('order', 'create', order);
		const left =
			JSON.stringify(result.json()) + JSON.stringify(result.error() ? seenError(result) : '');
		expect(left).toContain('202308161431187762753806');
	});

	it.each(['preexisting-1001', 'GEACCESS-17', 'x ECONNRESET x'])(
		'when n8n has a sentence of its own for a part of its Custom Order Number: %s',
		async (customOrderNo) => {
			bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
			const error = seenError(await bench.run('order', 'create', { ...order, customOrderNo }));
			expect(error.message).toContain('may have been bought');
			expect(error.message).toContain(customOrderNo);
		},
	);

	it('when the server names a code for which n8n would advise to retry', async () => {
		bench.simulator.faults.next(
			'esimSubscribe',
			answer('{"code":500,"msg":"carrier: ETIMEDOUT"}', 500),
		);
		const error = seenError(await bench.run('order', 'create', order));
		expect(error.message).toContain('may have been bought');
		expect(error.message).toContain('carrier: ETIMEDOUT');
		expect(`${error.message} ${error.description}`).not.toMatch(/retry on fail/i);
	});
});
