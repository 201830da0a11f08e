import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { sentTo } from '../support/look';
import { useBench } from '../support/useBench';
import { plan, searchPlans } from './support';

const bench = useBench();
const LIST = 'esimDataplanListPage';

/** Each test is an account the node knows nothing of: a slash more at the end is the same address. */
let credential: ICredentialDataDecryptedObject;
let slashes = '';
beforeEach(() => {
	slashes += '/';
	credential = { ...bench.credential, baseUrl: `${bench.simulator.url}${slashes}` };
	const many = Array.from({ length: 1600 }, (_, i) =>
		plan(`P${i}`, { channel_dataplan_name: i % 20 === 0 ? `Often ${i}` : `Plan ${i}` }),
	);
	bench.simulator.plans.splice(0, Infinity, ...many);
});
afterEach(() => jest.useRealTimers());

const search = async (filter?: string, paginationToken?: string, as = credential) =>
	await searchPlans(bench, filter, paginationToken, as);
const pages = () => sentTo(bench.simulator, LIST).map(({ query }) => Number(query.pageNo));
const valuesOf = ({ results }: Awaited<ReturnType<typeof search>>) =>
	results.map(({ value }) => value);

it('shows the first hits after one page, and goes on where it stopped', async () => {
	const first = await search('often');
	expect(first.results).toHaveLength(25);
	expect(pages()).toEqual([1]);
	const seen = valuesOf(first);
	let token = first.paginationToken as string | undefined;
	while (token !== undefined) {
		const next = await search('often', token);
		seen.push(...valuesOf(next));
		token = next.paginationToken as string | undefined;
	}
	expect(seen).toEqual(Array.from({ length: 80 }, (_, i) => `P${i * 20}`));
	expect(pages()).toEqual([1, 2, 3, 4]);
});

it('reads on where the hits would not fill the list, which then could not be scrolled', async () => {
	expect(valuesOf(await search('P159'))).toEqual(expect.arrayContaining(['P159', 'P1590']));
	expect(new Set(pages())).toEqual(new Set([1, 2, 3, 4]));
});

it('keeps what was read when it is opened again, and looks at the first page alone', async () => {
	await search('atlantis');
	bench.forgetRequests();
	await search();
	expect(pages()).toEqual([1]);
	expect(valuesOf(await search('P1599'))).toEqual(['P1599']);
	expect(pages()).toEqual([1]);
});

it('shows the prices of the first page as they are when it is opened', async () => {
	await search('atlantis');
	Object.assign(bench.simulator.plans[0]!, { price: '7.00' });
	expect((await search()).results[0]?.name).toContain('7.00 HKD');
	expect((await search('often 0')).results[0]?.name).toContain('7.00 HKD');
});

it('reads all anew when other plans stand on the first page', async () => {
	await search('atlantis');
	bench.simulator.plans.unshift(plan('NEW'));
	bench.simulator.plans.splice(1200, 1);
	expect(valuesOf(await search())[0]).toBe('NEW');
	bench.forgetRequests();
	expect(valuesOf(await search('P1599'))).toEqual(['P1599']);
	expect(new Set(pages())).toEqual(new Set([2, 3, 4]));
});

it('forgets after two minutes', async () => {
	await search('atlantis');
	jest.useFakeTimers({ now: Date.now() + 121_000, doNotFake: realBut('Date') });
	bench.forgetRequests();
	await search('atlantis');
	expect(new Set(pages())).toEqual(new Set([1, 2, 3, 4]));
});

it.each(['account', 'secret', 'salt', 'environment'])(
	'is not shown after the %s was changed',
	async (field) => {
		await search('often');
		const other = { ...credential, [field]: field === 'salt' ? 'aa' : 'test2' };
		await expect(search('often', undefined, other)).rejects.toThrow();
	},
);

it('many who type at the same time read each page once', async () => {
	await Promise.all(
		['a', 'at', 'atl', 'atlantis', 'P15'].map(async (typed) => await search(typed)),
	);
	expect(pages().sort()).toEqual([1, 2, 3, 4]);
});

/** Everything but the clock goes on as it is. */
function realBut(faked: string) {
	const all = [
		'Date',
		'hrtime',
		'nextTick',
		'performance',
		'queueMicrotask',
		'setImmediate',
		'clearImmediate',
		'setInterval',
		'clearInterval',
		'setTimeout',
		'clearTimeout',
	] as const;
	return all.filter((name) => name !== faked);
}
