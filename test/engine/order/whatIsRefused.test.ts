import type { IDataObject } from 'n8n-workflow';

import { items, seenError, sentTo, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

const bench = useBench();

const order: IDataObject = { planId: planById(SAMPLE_PLAN), customOrderNo: '1001-1' };

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** A zone in which it is about noon now, so that a time of day is neither past nor tomorrow. */
const noonZone = (): string => {
	const behind = new Date().getUTCHours() - 12;
	return `Etc/GMT${behind < 0 ? '' : '+'}${behind}`;
};

describe.each<[string, IDataObject, string]>([
	['a plan that is only spaces', { planId: planById(' \u200b ') }, '"Plan" is empty'],
	['a quantity of zero', { quantity: 0 }, '"Quantity" must be a whole number from 1'],
	['half an eSIM', { quantity: 1.5 }, '"Quantity" must be a whole number'],
	['a negative quantity', { quantity: -1 }, '"Quantity" must be a whole number'],
	['a quantity that is a word', { quantity: '={{ "two" }}' }, 'but is "two"'],
	[
		'a quantity that an expression does not find',
		{ quantity: '={{ $json.nothing }}' },
		'"Quantity"',
	],
	['a quantity that is true', { quantity: '={{ true }}' }, 'but is "true"'],
	['a quantity in hexadecimal', { quantity: '={{ "0x10" }}' }, '"Quantity" must be a whole number'],
	['an activation date in the past', { activationDate: inDays(-0.1) }, 'lies in the past'],
	[
		'an activation date too far ahead',
		{ activationDate: inDays(30.01) },
		'more than 30 days ahead',
	],
	[
		'an activation date that is none',
		{ activationDate: 'next Friday' },
		'"next Friday" is not a date',
	],
	['an impossible day', { activationDate: '2026-02-30T10:00:00Z' }, 'is not a date'],
	['a custom order number that is empty', { customOrderNo: ' ' }, '"Custom Order Number" is empty'],
	[
		'a custom order number that an expression does not find',
		{ customOrderNo: '={{ $json.nothing }}' },
		'"Custom Order Number" is empty',
	],
	[
		'a custom order number too long to be exact',
		{ customOrderNo: '={{ 202308161431187762753800 }}' },
		'too long to be exact',
	],
	[
		'a mail address without an @',
		{ options: { customEmail: 'traveller.example.com' } },
		'"Customer Email"',
	],
	[
		'two mail addresses',
		{ options: { customEmail: 'a@example.com, b@example.com' } },
		'"Customer Email"',
	],
	[
		'a notify URL that is no address',
		{ options: { notifyUrl: 'n8n.example.com/hook' } },
		'"Notify URL"',
	],
	[
		'a notify URL of another kind',
		{ options: { notifyUrl: 'ftp://n8n.example.com' } },
		'"Notify URL"',
	],
])('refuses %s', (_name, change, message) => {
	it('with a sentence that names the field and the item, before anything is sent', async () => {
		const error = seenError(await bench.run('order', 'create', { ...order, ...change }));
		expect(error.message).toContain(message);
		expect(error.message).toContain('[item 0]');
		expect(error.itemIndex).toBe(0);
		expect(error.description).toContain('Nothing was sent');
		expect(bench.simulator.requests).toEqual([]);
	});
});

it.each(['{{ "14:30" }}', '{{ 14 }}'])(
	'refuses a time of day without a date as activation date: %s',
	async (value) => {
		const settings = { timezone: noonZone() };
		const activationDate = `=${value}`;
		await bench.run('order', 'create', { ...order, activationDate }, { settings });
		expect(sentTo(bench.simulator, 'esimSubscribe')).toEqual([]);
	},
);

it('refuses to place unguarded orders while Retry On Fail is on, and sends nothing however often n8n tries', async () => {
	const unguarded = { ...order, options: { preventDuplicates: false } };
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, input: items(1, 2) };
	const error = seenError(await bench.run('order', 'create', unguarded, settings));
	expect(error.message).toContain('"Retry On Fail" is on');
	expect(error.description).toContain('Switch off "Retry On Fail"');
	const kept = await bench.run('order', 'create', unguarded, {
		...settings,
		onError: 'continueRegularOutput',
	});
	expect(kept.json()).toHaveLength(2);
	expect(textOf(kept.json()[1], 'error')).toContain('"Retry On Fail" is on');
	expect(bench.simulator.requests).toEqual([]);
});

it('leaves Retry On Fail alone for operations that cost nothing', async () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	bench.simulator.balance = 1_000_000;
	const result = await bench.run('account', 'getBalance', {}, settings);
	expect(result.json()).toEqual([
		{ balance: 1_000_000, currency: 'HKD', account: 'simulator-account' },
	]);
});
