import '../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';

import { useFastClock } from '../support/fastClock';
import { items, seenError } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { turnsBad } from '../support/turnsBad';
import { useShop } from './support';

useFastClock(10);

const shop = useShop();

afterEach(() => jest.restoreAllMocks());

const bad = (good: string, then: string) => turnsBad(shop.simulator, good, then);
const ids = () => shop.simulator.ledger.map(({ topup_id }) => topup_id);

describe('an option that turns bad once something was bought', () => {
	it.each<[string, () => IDataObject]>([
		['Maximum Wait', () => ({ waitForDelivery: true, maximumWait: bad('2', '"soon"') })],
		['Wait for Delivery', () => ({ waitForDelivery: bad('true', '{}.a.b'), maximumWait: 2 })],
		[
			'If Not Ready in Time',
			() => ({ waitForDelivery: true, maximumWait: 2, ifNotReady: bad('"continue"', '{}.a.b') }),
		],
		['Customer Email', () => ({ customEmail: bad('"a@b.example"', '{}.a.b') })],
		['Require Activation Date', () => ({ requireActivationDate: bad('false', '{}.a.b') })],
		['Prevent Duplicate Orders', () => ({ preventDuplicates: bad('true', '{}.a.b') })],
	])('hides no paid order: %s', async (_name, options) => {
		const result = await shop.buy({ input: items('a', 'b') }, options());
		expect(result.error()).toBeUndefined();
		expect(shop.booked()).toEqual(['a', 'b']);
		expect(result.json().map(({ topup_id }) => topup_id)).toEqual(ids());
	});
});

it('a fault of the wait hides no paid order', async () => {
	jest.spyOn(Math, 'max').mockImplementation(() => {
		throw new Error('broken');
	});
	const result = await shop
		.buy({ input: items('a', 'b'), typeVersion: 2 }, { waitForDelivery: true, maximumWait: 5 })
		.finally(() => jest.restoreAllMocks());
	expect(result.error()).toBeUndefined();
	expect(result.json().map(({ topup_id }) => topup_id)).toEqual(ids());
});

it('a database that does not note an order as bought hides nothing', async () => {
	const warn = jest.spyOn(Container.get(Logger), 'warn');
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		if (given[0].includes('done')) throw new Error('SQLITE_FULL');
		return await record(...given);
	});
	const buy = shop.node();
	expect((await buy()).json()).toMatchObject([{ topup_id: ids()[0] }]);
	expect((await buy()).json()).toMatchObject([{ duplicate: true, topup_id: ids()[0] }]);
	expect(warn.mock.calls.some(([text]) => text.includes('SQLITE_FULL'))).toBe(true);
});

it('every doubt is in the log of n8n, with its number and what MicroeSIM said', async () => {
	const warn = jest.spyOn(Container.get(Logger), 'warn');
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 9, msg: 'Hm', booked: true });
	seenError(await shop.buy());
	const [line] = warn.mock.calls
		.map(([text]) => text)
		.filter((text) => text.includes('may have been bought'));
	expect(line).toContain('"1001-1"');
	expect(line).toContain('"Hm" (code 9)');
});

describe('what MicroeSIM leaves out while an order is made', () => {
	const wait = { waitForDelivery: true, maximumWait: 3, mustBeOnSale: false };
	const detail = (result: unknown) =>
		shop.simulator.faults.always('topupDetail', { kind: 'code', code: 1, msg: 'Success', result });

	it('takes neither plan nor quantity from the item', async () => {
		detail(null);
		const [item] = (await shop.buy({}, wait, { quantity: 3 })).json();
		expect(item).toMatchObject({
			number: 3,
			esims_open: 3,
			delivered: false,
			custom_order_no: '1001-1',
		});
		expect(item?.channel_dataplan_id).toEqual(expect.any(String));
	});

	it('does not make one eSIM of three a whole delivery', async () => {
		detail({ lpa_str: ['LPA:1$smdp.example$X'] });
		const [item] = (await shop.buy({}, wait, { quantity: 3 })).json();
		expect(item).toMatchObject({ delivered: false, esims_open: 2 });
	});

	it('says nothing of what only this node knows', async () => {
		detail({ custom_order_no: 'other', duplicate: true, outcome: 'hm' });
		const [item] = (await shop.buy({}, wait)).json();
		expect(item).toMatchObject({ custom_order_no: '1001-1' });
		expect(item).not.toHaveProperty('duplicate');
		expect(item).not.toHaveProperty('outcome');
	});
});

it('an order whose number could not be claimed costs nothing of the balance', async () => {
	shop.simulator.balance = 1000;
	const price = Number(
		shop.simulator.plans.find(({ channel_dataplan_id: id }) => id === SAMPLE_PLAN)?.price,
	);
	expect(price).toBeGreaterThan(500);
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	let takes = 0;
	await shop.buy({ input: items('first') }, {}, { quantity: 1 });
	shop.simulator.balance = 1000;
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		if (given[0].includes('taken') && ++takes <= 4) throw new Error('SQLITE_BUSY');
		return await record(...given);
	});
	await shop.buy(
		{ input: items('a', 'b'), onError: 'continueRegularOutput' },
		{ keepBalanceAbove: 0 },
	);
	expect(shop.booked()).toEqual(['first', 'b']);
});
