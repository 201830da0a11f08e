import { plan, searchPlans } from '../plans/support';
import { seenError, sentTo } from '../support/look';
import { planById } from '../support/microesim';
import { useBench, useBenches } from '../support/useBench';

const bench = useBench();
const openBench = useBenches();
const LIST = 'esimDataplanListPage';

/** Five pages of the largest size. */
const CATALOGUE = Array.from({ length: 2300 }, (_, index) => `P${index}`);
const sell = (...ids: string[]) =>
	bench.simulator.plans.splice(0, Infinity, ...ids.map((id) => plan(id)));

const pages = () => sentTo(bench.simulator, LIST).map(({ query }) => Number(query.pageNo));

let orders = 0;
const buy = async (id: string, credential = bench.credential) => {
	bench.forgetRequests();
	return await bench.run(
		'order',
		'create',
		{
			planId: planById(id),
			customOrderNo: `place-${++orders}`,
			options: { mustBeOnSale: true, maximumUnitPrice: 50 },
		},
		{ credentials: { microesimApi: credential } },
	);
};

beforeEach(async () => {
	sell(...CATALOGUE);
	// seen on pages 4 and 5, and all before them
	await buy('P1700');
	await buy('P2200');
});

it('a plan that was seen before is read again with one request', async () => {
	expect((await buy('P1700')).error()).toBeUndefined();
	expect(pages()).toEqual([4]);
	expect((await buy('P3')).error()).toBeUndefined();
	expect(pages()).toEqual([1]);
});

it('what decides is what is read now: a price that rose, a plan that left the shop', async () => {
	Object.assign(bench.simulator.plans[1700]!, { price: '51.00' });
	expect(seenError(await buy('P1700')).message).toContain('the plan costs 51 HKD');
	expect(pages()).toEqual([4]);
	Object.assign(bench.simulator.plans[1700]!, { price: '10.00', status: '0' });
	expect(seenError(await buy('P1700')).message).toContain('is not on sale');
	expect(sentTo(bench.simulator, 'esimSubscribe')).toEqual([]);
});

it('several orders of a run look at each page once', async () => {
	bench.forgetRequests();
	const result = await bench.run(
		'order',
		'create',
		{
			planId: planById('={{ $json.plan }}'),
			customOrderNo: `={{ "several-${++orders}-" + $itemIndex }}`,
			options: { mustBeOnSale: true, concurrentOrders: 5 },
		},
		{ input: ['P1700', 'P1701', 'P10', 'P1702', 'P11'].map((name) => ({ json: { plan: name } })) },
	);
	expect(result.error()).toBeUndefined();
	expect(pages().sort()).toEqual([1, 4]);
});

it.each([
	['onto the page behind', 500, [4, 3, 5]],
	['onto the page before', -500, [4, 3]],
])('a plan that moved %s is found beside its place', async (_name, by, read) => {
	sell(
		...(by > 0
			? [...Array.from({ length: by }, (_, index) => `N${index}`), ...CATALOGUE]
			: CATALOGUE.slice(-by)),
	);
	expect((await buy('P1700')).error()).toBeUndefined();
	expect(pages()).toEqual(read);
});

it('a plan that moved far away is found by reading all', async () => {
	sell('P1700', ...CATALOGUE.filter((id) => id !== 'P1700'));
	expect((await buy('P1700')).error()).toBeUndefined();
	expect(pages()).toEqual([4, 3, 5, 1]);
});

it('a plan that is gone is told of after all was read', async () => {
	sell(...CATALOGUE.filter((id) => id !== 'P1700'));
	expect(seenError(await buy('P1700')).message).toContain('has no data plan with the ID "P1700"');
	expect(new Set(pages())).toEqual(new Set([1, 2, 3, 4, 5]));
});

it('a catalogue that shrank, on a server that refuses pages behind its end, is read from its start', async () => {
	sell('P2200', 'P1');
	bench.simulator.faults.next(LIST, { kind: 'code', code: 9, msg: 'no such page' });
	expect((await buy('P2200')).error()).toBeUndefined();
	expect(pages()).toEqual([5, 1]);
});

it('nothing is known of another account, or once the credential was changed', async () => {
	const changed = { ...bench.credential, baseUrl: `${bench.simulator.url}/` };
	expect((await buy('P3', changed)).error()).toBeUndefined();
	const other = await openBench({ account: 'other' });
	other.simulator.plans.splice(0, Infinity, ...['P1700', ...CATALOGUE].map((id) => plan(id)));
	await buy('P1700', other.credential);
	expect(sentTo(other.simulator, LIST).map(({ query }) => query.pageNo)).toEqual(['1']);
});

it('a plan chosen from the list is known, too', async () => {
	const other = await openBench({ account: 'lister' });
	other.simulator.plans.splice(0, Infinity, ...CATALOGUE.map((id) => plan(id)));
	await searchPlans(bench, 'P2299', undefined, other.credential);
	other.forgetRequests();
	await buy('P2299', other.credential);
	expect(sentTo(other.simulator, LIST).map(({ query }) => query.pageNo)).toEqual(['5']);
});
