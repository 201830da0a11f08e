import type { IDataObject } from 'n8n-workflow';

import { planById } from '../support/microesim';
import { useBench } from '../support/useBench';
import { items, seenError, sentTo } from '../support/look';
import { plan } from '../support/plans';

const bench = useBench();

beforeEach(() => sell('A', 'B', 'C', 'D', 'E', 'F', 'G'));

const sell = (...ids: string[]) =>
	bench.simulator.plans.splice(0, Infinity, ...ids.map((id) => plan(id)));
const many = async (parameters: IDataObject) => await bench.run('dataPlan', 'getMany', parameters);
const pages = () =>
	sentTo(bench.simulator, 'esimDataplanListPage').map(
		({ query }) => `${query.pageNo}/${query.pageSize}`,
	);
const ids = (result: Awaited<ReturnType<typeof many>>) =>
	result.json().map(({ channel_dataplan_id }) => channel_dataplan_id);
const all = { returnAll: true };

describe('Get Many', () => {
	it('reads 500 plans at a time and returns all', async () => {
		bench.simulator.plans.splice(
			0,
			Infinity,
			...Array.from({ length: 1001 }, (_, i) => plan(`P${i}`)),
		);
		const result = await many(all);
		expect(ids(result)).toEqual(Array.from({ length: 1001 }, (_, i) => `P${i}`));
		expect(pages()).toEqual(['1/500', '2/500', '3/500']);
	});

	it('returns 50 plans unless told otherwise', async () => {
		bench.simulator.plans.splice(
			0,
			Infinity,
			...Array.from({ length: 60 }, (_, i) => plan(`P${i}`)),
		);
		expect(ids(await many({}))).toHaveLength(50);
	});

	it.each([
		[1, ['1/3']],
		[3, ['1/3']],
		[4, ['1/3', '2/3']],
		[7, ['1/3', '2/3', '3/3']],
		[99, ['1/3', '2/3', '3/3']],
	])('stops reading as soon as it has %i plans', async (limit, read) => {
		const result = await many({ limit, options: { pageSize: 3 } });
		expect(ids(result)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, limit));
		expect(pages()).toEqual(read);
	});

	it('reads the full list with one request', async () => {
		const result = await many({ ...all, options: { source: 'fullList', pageSize: 2 } });
		expect(ids(result)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
		expect(
			bench.simulator.requests.map(({ endpoint, method, query }) => [endpoint, method, query]),
		).toEqual([['esimDataplanList', 'GET', {}]]);
	});

	it('reads the catalogue once for several items, and links the plans to each of them', async () => {
		const given = { input: items('A', 'C') };
		const result = await bench.run(
			'dataPlan',
			'getMany',
			{ ...all, filters: { nameContains: '=Plan {{ $json.value }}' } },
			given,
		);
		expect(
			result.items().map(({ json, pairedItem }) => [json.channel_dataplan_id, pairedItem]),
		).toEqual([
			['A', { item: 0 }],
			['C', { item: 1 }],
		]);
		expect(pages()).toEqual(['1/500']);
	});

	it('gives each item a plan of its own, so that changing one does not change the other', async () => {
		const result = await bench.run(
			'dataPlan',
			'getMany',
			{ limit: 1, simplify: false },
			{ input: items(1, 2) },
		);
		const [first, second] = result.items();
		expect(first?.json).toEqual(plan('A'));
		expect(second?.json).toEqual(plan('A'));
		expect(first?.json).not.toBe(second?.json);
	});

	it('returns no item for an empty catalogue', async () => {
		sell();
		const result = await many(all);
		expect(result.error()).toBeUndefined();
		expect(result.items()).toEqual([]);
		expect(pages()).toEqual(['1/500']);
	});

	it.each<[string, IDataObject]>([
		['"Limit" must be a whole number from 1', { limit: 0 }],
		['"Limit" must be a whole number', { limit: '={{ "many" }}' }],
		[
			'"Page Size" must be a whole number from 1 to 500, but is "501"',
			{ ...all, options: { pageSize: 501 } },
		],
		['"Page Size" must be a whole number', { ...all, options: { pageSize: 0 } }],
	])('refuses to start: %s', async (message, parameters) => {
		expect(seenError(await many(parameters)).message).toContain(message);
		expect(bench.simulator.requests).toEqual([]);
	});
});

describe('Get', () => {
	const get = async (id: string) =>
		await bench.run('dataPlan', 'get', { planId: planById(id), simplify: false });

	it('reads no further than to the plan', async () => {
		bench.simulator.plans.splice(
			0,
			Infinity,
			...Array.from({ length: 1200 }, (_, i) => plan(`P${i}`)),
		);
		expect((await get('P700')).json()).toEqual([plan('P700')]);
		expect(pages()).toEqual(['1/500', '2/500']);
	});

	it('reads the catalogue once for all items', async () => {
		const planId = planById('={{ $json.value }}');
		const result = await bench.run('dataPlan', 'get', { planId }, { input: items('G', 'A', 'G') });
		expect(ids(result)).toEqual(['G', 'A', 'G']);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(pages()).toEqual(['1/500']);
	});

	it('finds a plan that is no longer on sale and says so', async () => {
		bench.simulator.plans.push(plan('OLD', { status: '0' }));
		expect(
			(await bench.run('dataPlan', 'get', { planId: planById('OLD') })).json()[0],
		).toMatchObject({
			channel_dataplan_id: 'OLD',
			on_sale: false,
		});
	});

	it('tells of a plan that does not exist', async () => {
		const error = seenError(await get('Z'));
		expect(error.message).toContain('MicroeSIM has no data plan with the ID "Z"');
		expect(error.description).toContain('Plans come and go');
	});
});
