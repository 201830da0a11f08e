import '../harness/environment';
import { ExecuteContext } from 'n8n-core';

import { forgetOrders } from '../../inside';
import { seenError, sentTo } from '../support/look';
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
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'unknown' }]);
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
