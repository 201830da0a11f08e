import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { sentTo } from '../support/look';
import { useBench, useBenches } from '../support/useBench';
import { plan, searchPlans } from './support';

const bench = useBench();
const openBench = useBenches();

const PLANS = [
	plan('b1a926e1', {
		channel_dataplan_name: 'Sunrise 30',
		price: '524.00',
		day: 30,
		data: 'unlimited',
	}),
	plan('f00d', { channel_dataplan_name: 'Peninsula', code: 'KR' }),
	plan('eu', { channel_dataplan_name: 'Old World', code: 'FR,DE,ES,IT', data: 'Daily2GB' }),
	plan('two', { channel_dataplan_name: 'Neighbours', code: 'US,CA', day: 1, data: '500MB' }),
	plan('gone', { channel_dataplan_name: 'Sunrise gone', status: '0' }),
];

/** Opening the list reads the catalogue anew, whatever an earlier test left in memory. */
beforeEach(async () => {
	bench.simulator.plans.splice(0, Infinity, ...PLANS);
	await search();
	bench.forgetRequests();
});

const search = async (filter?: string, paginationToken?: string) =>
	await searchPlans(bench, filter, paginationToken);

const found = async (filter?: string) => (await search(filter)).results.map(({ value }) => value);

it('shows what is on sale, the cheapest first, in a row what decides first', async () => {
	expect(await search()).toEqual({
		results: [
			{ name: '7 days · 1 GB · 10.00 HKD · KR · Peninsula', value: 'f00d' },
			{ name: '7 days · 2 GB/day · 10.00 HKD · 4 countries · Old World', value: 'eu' },
			{ name: '1 day · 500 MB · 10.00 HKD · US, CA · Neighbours', value: 'two' },
			{ name: '30 days · Unlimited · 524.00 HKD · JP · Sunrise 30', value: 'b1a926e1' },
		],
	});
});

it.each([
	['a part of the name', 'sunRISE', ['b1a926e1']],
	['a country code', 'kr', ['f00d']],
	['a country code among others', 'CA', ['two']],
	['the name of a country', 'germany', ['eu']],
	['a part of the name of a country', 'south kor', ['f00d']],
	['an ID', 'b1a926e1', ['b1a926e1']],
	['a part of an ID, pasted with invisible characters', ' \u200bA926 ', ['b1a926e1']],
	['words in any order, of whatever a row shows', 'unlimited 30 DAYS japan hkd', ['b1a926e1']],
	['days, written together', '30d', ['b1a926e1']],
	['a number alone', '30', ['b1a926e1']],
	['days that are a part of others', '3 days', []],
	['data', '2gb', ['eu']],
	['data with a space', '500 MB', ['two']],
	['data for each day', 'daily', ['eu']],
	['a price', '524', ['b1a926e1']],
	['a price with a comma', '524,00', ['b1a926e1']],
	['the row itself', '30 days · Unlimited · 524.00 HKD · JP · Sunrise 30', ['b1a926e1']],
	['a name people have for a country', 'usa', ['two']],
	['words of which one is wrong', 'japan 7 days', []],
	['a plan that is not on sale', 'gone', []],
	['nothing that exists', 'atlantis', []],
])('finds by %s', async (_name, filter, expected) => {
	expect(await found(filter)).toEqual(expected);
});

it('does not read the catalogue again while the user types', async () => {
	for (const filter of ['s', 'su', 'sun', 'atlantis']) await search(filter);
	expect(bench.simulator.requests).toEqual([]);
});

it('reads the catalogue again when the list is opened', async () => {
	bench.simulator.plans.push(plan('new', { channel_dataplan_name: 'Brand new' }));
	expect(await found()).toContain('new');
	expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(1);
});

it('shows a hundred plans at a time, all of them once, and reads no page it does not need', async () => {
	const many = Array.from({ length: 1203 }, (_, i) =>
		plan(`P${i}`, { status: i % 4 === 3 ? '0' : '1', price: `${(i * 7) % 1203}.50` }),
	);
	bench.simulator.plans.splice(0, Infinity, ...many);
	const seen: string[] = [];
	const sizes: number[] = [];
	let token: unknown;
	do {
		const { results, paginationToken } = await search(undefined, token as string | undefined);
		seen.push(...results.map(({ value }) => String(value)));
		sizes.push(results.length);
		if (sizes.length === 4) expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(1);
		token = paginationToken;
	} while (token !== undefined && sizes.length < 30);
	const onSale = many.filter(({ status }) => status === '1');
	expect([...seen].sort()).toEqual(onSale.map((sold) => sold.channel_dataplan_id).sort());
	expect(sizes).toEqual([100, 100, 100, 75, 100, 100, 100, 75, 100, 53]);
	expect(sentTo(bench.simulator, 'esimDataplanListPage').map(({ query }) => query.pageNo)).toEqual([
		'1',
		'2',
		'3',
	]);
	// once all are known, all are sorted
	const first = await search(' ');
	const cheapest = onSale.map(({ price }) => Number(price)).sort((one, other) => one - other);
	expect(first.results.map(({ name }) => Number(/([\d.]+) HKD/.exec(name)?.[1]))).toEqual(
		cheapest.slice(0, 100),
	);
});

it('pages through what was searched for, too', async () => {
	const many = Array.from({ length: 250 }, (_, i) =>
		plan(`P${i}`, { channel_dataplan_name: i % 2 === 0 ? `Even ${i}` : `Odd ${i}` }),
	);
	bench.simulator.plans.splice(0, Infinity, ...many);
	await search();
	const first = await search('even');
	const second = await search('even', first.paginationToken as string);
	expect(first.results).toHaveLength(100);
	expect(second.results).toHaveLength(25);
	expect(second.results[0]?.value).toBe('P200');
	expect(second.paginationToken).toBeUndefined();
});

it('keeps the catalogues of two accounts apart', async () => {
	const other = await openBench({ account: 'other' });
	other.simulator.plans.splice(
		0,
		Infinity,
		plan('theirs', { channel_dataplan_name: 'Sunrise of others' }),
	);
	const { results } = await searchPlans(bench, 'sunrise', undefined, other.credential);
	expect(results.map(({ value }) => value)).toEqual(['theirs']);
	expect(await found('sunrise')).toEqual(['b1a926e1']);
});

it('fails with a sentence, and works again once MicroeSIM does', async () => {
	bench.simulator.faults.next('esimDataplanListPage', { kind: 'code', code: 7, msg: 'Closed' });
	await expect(search()).rejects.toThrow(
		'MicroeSIM refused reading the data plans: "Closed" (code 7)',
	);
	expect(await found('sunrise')).toEqual(['b1a926e1']);
});

it.each<[string, IDataObject, string[]]>([
	['a wrong secret', { secret: 'wrong' }, ['refused reading the data plans', 'Check Environment']],
	['nobody who answers', { baseUrl: 'http://127.0.0.1:9' }, ['connection was refused', 'Base URL']],
	['a salt that lacks a letter', { salt: 'abc' }, ['odd number', 'Open the credential']],
])('says with %s what happened and what to do, as a run does', async (_name, change, said) => {
	const credential = { ...bench.credential, ...change } as ICredentialDataDecryptedObject;
	const failures = await Promise.allSettled(
		[1, 2].map(() => searchPlans({ ...bench, credential })),
	);
	for (const failure of failures) {
		const { message } = (failure as PromiseRejectedResult).reason as Error;
		for (const words of said) expect(message.split(words)).toHaveLength(2);
	}
});
