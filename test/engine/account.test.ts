import { items, seenError, sentTo } from './support/look';
import { useBench } from './support/useBench';

const bench = useBench({ balance: 14860.23 });

const balance = async (options: Record<string, unknown> = {}) =>
	await bench.run('account', 'getBalance', { options: options as never });
const answer = (result: unknown) =>
	bench.simulator.faults.next('accountBalance', { kind: 'code', code: 1, msg: 'Success', result });

it('gets balance, currency and account', async () => {
	expect((await balance()).json()).toEqual([
		{ balance: 14860.23, currency: 'HKD', account: 'simulator-account' },
	]);
});

it.each([
	[99.99, true],
	[100, false],
	[100.01, false],
	[-5, true],
])('tells at a threshold of 100 whether %d is low', async (amount, isLow) => {
	bench.simulator.balance = amount;
	expect((await balance({ lowBalanceThreshold: 100 })).json()[0]).toMatchObject({
		balance: amount,
		threshold: 100,
		is_low: isLow,
	});
});

it('takes a threshold of zero and one that is text for what they are', async () => {
	bench.simulator.balance = -0.01;
	expect((await balance({ lowBalanceThreshold: 0 })).json()[0]).toMatchObject({
		threshold: 0,
		is_low: true,
	});
	expect((await balance({ lowBalanceThreshold: '={{ "12.50" }}' })).json()[0]).toMatchObject({
		threshold: 12.5,
	});
});

it('refuses a threshold that is no number before it asks', async () => {
	const error = seenError(await balance({ lowBalanceThreshold: '={{ "much" }}' }));
	expect(error.message).toContain('"Low Balance Threshold" must be a number');
	expect(bench.simulator.requests).toEqual([]);
});

it.each([
	[
		{ balance: '1234.50', currency: 'HKD', account: 'a' },
		{ balance: 1234.5, currency: 'HKD', account: 'a' },
	],
	[
		{ balance: 0, currency: 'HKD', account: 'a' },
		{ balance: 0, currency: 'HKD', account: 'a' },
	],
	[
		{ balance: '', currency: 'HKD', account: 'a' },
		{ balance: null, currency: 'HKD', account: 'a' },
	],
	[undefined, { balance: null }],
])('makes a number of what came: %j', async (result, expected) => {
	answer(result);
	expect((await balance()).json()).toEqual([expected]);
});

it('does not call an unknown balance fine when a threshold is set', async () => {
	answer({ balance: null, currency: 'HKD', account: 'a' });
	const error = seenError(await balance({ lowBalanceThreshold: 100 }));
	expect(error.message).toContain('answered without a balance');
});

it('asks once for each item', async () => {
	const result = await bench.run('account', 'getBalance', {}, { input: items(1, 2) });
	expect(sentTo(bench.simulator, 'accountBalance')).toHaveLength(2);
	expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

it('tells of an operation that does not exist', async () => {
	const error = seenError(await bench.run('account', 'steal'));
	expect(error.message).toContain('"steal" of the resource "account" does not exist');
	expect(bench.simulator.requests).toEqual([]);
});
