import '../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ExecuteContext } from 'n8n-core';

import { forgetOrders } from '../../inside';
import { items, seenError, sentTo } from '../support/look';
import { BOOKED_TEXTS } from './matrix/faults';
import { useShop } from './support';

const shop = useShop();

const refuse = (msg: string, code: number | string = 500, booked = false) =>
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code, msg, booked });

it.each(BOOKED_TEXTS)(
	'an order that was booked and answered with "%s" is not bought again',
	async (text) => {
		const buy = shop.node();
		refuse(text, 500, true);
		const error = seenError(await buy());
		expect(error.message).toContain('may have been bought');
		forgetOrders();
		expect(seenError(await buy()).message).toContain('may have been bought');
		expect(shop.booked()).toEqual(['1001-1']);
	},
);

it.each(['Duplicate order', 'custom_order_no already exists', '订单号重复'])(
	'says of "%s" that an earlier try may have bought it',
	async (text) => {
		refuse(text);
		expect(seenError(await shop.buy()).description).toContain(
			'had an order with this number already',
		);
	},
);

it.each([
	'Insufficient balance',
	'余额不足',
	'套餐不存在',
	'Parameter error',
	'签名错误',
	'IP不在白名单',
])('"%s" is a refusal, and frees the number', async (text) => {
	const buy = shop.node();
	refuse(text);
	expect(seenError(await buy()).message).not.toContain('may have been bought');
	forgetOrders();
	expect((await buy()).json()[0]).not.toHaveProperty('duplicate');
	expect(shop.booked()).toEqual(['1001-1']);
});

describe('the option Known Refusals', () => {
	const options = { knownRefusals: ' 4003\n\nCard not activated ' };

	it.each([
		['a code', 4003, 'Hm'],
		['a code that comes as text', '4003', 'Hm'],
		['a whole text, in whatever case', 1234, 'CARD not activated'],
	])('makes %s a refusal', async (_name, code, text) => {
		const buy = shop.node(options);
		refuse(text, code);
		expect(seenError(await buy()).message).not.toContain('may have been bought');
		await buy();
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it.each([
		['a longer code', 40031, 'Hm'],
		['a longer text', 1234, 'Card not activated, order placed'],
	])('leaves %s a doubt', async (_name, code, text) => {
		refuse(text, code);
		expect(seenError(await shop.buy(undefined, options)).message).toContain('may have been bought');
	});

	it('makes no refusal of an answer that holds an order ID', async () => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 4003,
			msg: 'Hm',
			result: { topup_id: '202401010000000000000042' },
			booked: true,
		});
		const error = seenError(await shop.buy(undefined, options));
		expect(error.message).toContain('may have been bought');
		expect(error.message).toContain('202401010000000000000042');
	});
});

it('a doubt tells of the option, so that its owner can mend it', async () => {
	refuse('Hm', 77);
	expect(seenError(await shop.buy()).description).toContain('"Known Refusals"');
	expect(sentTo(shop.simulator, 'esimSubscribe')).toHaveLength(1);
});

it('an order ID in a failure of the server is told', async () => {
	shop.simulator.faults.next('esimSubscribe', {
		kind: 'http',
		status: 500,
		body: '{"code":0,"msg":"late","result":{"topup_id":"2024010100000006"}}',
		contentType: 'application/json',
		booked: true,
	});
	expect(seenError(await shop.buy()).message).toContain('2024010100000006');
});

it('a known text that something overrules is not said to be unknown', async () => {
	shop.simulator.faults.next('esimSubscribe', {
		kind: 'code',
		code: 7,
		msg: 'Insufficient balance',
		result: { order: 'x' },
	});
	const { description } = seenError(await shop.buy());
	expect(description).toContain('It sounds like a refusal, but');
	expect(description).not.toContain('Known Refusals');
});

it('a log that fails hides no order', async () => {
	jest.spyOn(Container.get(Logger), 'info').mockImplementation(() => {
		throw new Error('disk full');
	});
	const buy = shop.node();
	expect((await buy()).json()).toHaveLength(1);
	jest.restoreAllMocks();
	expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'bought' }]);
});

it('whatever is thrown behind the request is a doubt, too', async () => {
	const original = ExecuteContext.prototype.getInputData;
	jest.spyOn(ExecuteContext.prototype, 'getInputData').mockImplementation(function (
		this: ExecuteContext,
		...given
	) {
		const { httpRequestWithAuthentication } = this.helpers;
		this.helpers.httpRequestWithAuthentication = async function (...request) {
			await httpRequestWithAuthentication.apply(this, request);
			// Nothing that can be read: not even headers.
			return { body: '{}', statusCode: 200 };
		};
		return original.apply(this, given);
	});
	const buy = shop.node();
	expect(seenError(await buy()).message).toContain('may have been bought');
	jest.restoreAllMocks();
	forgetOrders();
	await buy();
	expect(shop.booked()).toEqual(['1001-1']);
});

describe('a known refusal beside signs of an order is none', () => {
	const id = '202401010000000000000042';

	it.each<[string, object, string]>([
		['an order deeper in the result', { result: { order: { topup_id: id } } }, id],
		['an order behind nothing in a list', { result: [null, { topup_id: id }] }, id],
		['a list of order IDs', { result: { topup_id: [id] } }, id],
		['an order ID beside the result', { topup_id: id }, id],
		['an order in "data" beside an empty result', { result: {}, data: { topup_id: id } }, id],
		['an ID under another name', { result: { order_id: '77', status: 'processing' } }, ''],
		['the state of an order', { result: { order: { id: 77, status: 'PAID' } } }, ''],
		['a result of another kind', { result: '65f1a2b3c4d5e6f7a8b9c0d1' }, ''],
		['an update of an order', { update_id: '98510000000042' }, ''],
		['an eSIM', { result: { lpa_str: ['LPA:1$smdp.example$X'] } }, ''],
	])('%s', async (_name, more, told) => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'http',
			status: 200,
			body: JSON.stringify({ code: 500, msg: 'Plan expired', ...more }),
			contentType: 'application/json',
			booked: true,
		});
		const buy = shop.node();
		const error = seenError(await buy());
		expect(error.message).toContain('may have been bought');
		expect(error.message).toContain(told);
		await buy();
		expect(shop.booked()).toHaveLength(1);
	});

	it.each([
		['nothing', {}],
		['an empty result', { result: {} }],
		['a time and a trace', { result: null, timestamp: 1764115200000, traceId: '12345678901234' }],
		['a time and a log', { result: '', ts: 1764115200000, logId: '12345678901234' }],
	])('%s stays one', async (_name, more) => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'http',
			status: 200,
			body: JSON.stringify({ code: 500, msg: 'Plan expired', ...more }),
			contentType: 'application/json',
		});
		const buy = shop.node();
		expect(seenError(await buy()).message).not.toContain('may have been bought');
		await buy();
		expect(shop.booked()).toHaveLength(1);
	});
});

describe('a success', () => {
	const answer = (result: unknown) =>
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result,
			booked: true,
		});

	it('with two order IDs names both', async () => {
		answer([{ topup_id: '2024010100000001' }, { topup_id: '2024010100000002' }]);
		const { message } = seenError(await shop.buy());
		expect(message).toContain('2024010100000001, 2024010100000002');
		expect(message).toContain('may have been bought');
	});

	it('with a list of one order ID is bought', async () => {
		answer({ topup_id: ['2024010100000003'] });
		expect((await shop.buy()).json()[0]?.topup_id).toBe('2024010100000003');
	});

	it('with an amount of data beside its order ID is bought', async () => {
		answer({ topup_id: '2024010100000005', plan: { data: 10737418240 } });
		expect((await shop.buy()).json()[0]?.topup_id).toBe('2024010100000005');
	});

	it('with a time alone is a doubt', async () => {
		answer(1764115200000);
		expect(seenError(await shop.buy()).description).toContain('gave no order ID');
	});

	it.each(['0', 'null', '-1'])('with the order ID %j is a doubt', async (topup_id) => {
		answer({ topup_id });
		expect(seenError(await shop.buy()).message).toContain('may have been bought');
	});
});

it.each(['余额不足', 'IP not allowed', '无权限'])(
	'"%s" would meet the others, too, so no further order is sent',
	async (msg) => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg }, 4);
		await shop.buy({ input: items('a', 'b', 'c', 'd'), onError: 'continueRegularOutput' });
		expect(shop.sent()).toEqual(['a']);
	},
);

describe('what fails before the request leaves keeps no number', () => {
	it.each([1, 2, 3, 4, 5])('the credential cannot be read the time number %i', async (failing) => {
		const original = ExecuteContext.prototype.getCredentials;
		const buy = shop.node();
		await buy({ input: items('first') });
		let reads = 0;
		jest.spyOn(ExecuteContext.prototype, 'getCredentials').mockImplementation(async function (
			this: ExecuteContext,
			...given: Parameters<typeof original>
		) {
			if (++reads === failing) throw new Error('database is locked');
			return await original.apply(this, given);
		} as never);
		const result = await buy();
		jest.restoreAllMocks();
		const { message = '' } = (result.error() ?? {}) as { message?: string };
		const isSent = shop.sent().length > 1;
		expect(message.includes('may have been bought')).toBe(false);
		await buy();
		expect(shop.booked()).toEqual(['first', '1001-1']);
		expect(isSent).toBe(message === '');
	});
});
