import type { IDataObject } from 'n8n-workflow';

import { items, seenError } from '../support/look';
import { planById } from '../support/microesim';
import { idsOf, plan, useCatalogue } from './support';

const catalogue = useCatalogue('A', 'B', 'C', 'D', 'E', 'F', 'G');
const all = { returnAll: true };

describe('Get Many', () => {
	it('reads 500 plans at a time and returns all', async () => {
		catalogue.sell(...Array.from({ length: 1001 }, (_, i) => `P${i}`));
		const result = await catalogue.many(all);
		expect(idsOf(result)).toEqual(Array.from({ length: 1001 }, (_, i) => `P${i}`));
		expect(catalogue.pages()).toEqual(['1/500', '2/500', '3/500']);
	});

	it('returns 50 plans unless told otherwise', async () => {
		catalogue.sell(...Array.from({ length: 60 }, (_, i) => `P${i}`));
		expect(idsOf(await catalogue.many({}))).toHaveLength(50);
	});

	it.each([
		[1, ['1/3']],
		[3, ['1/3']],
		[4, ['1/3', '2/3']],
		[7, ['1/3', '2/3', '3/3']],
		[99, ['1/3', '2/3', '3/3']],
	])('stops reading as soon as it has %i plans', async (limit, read) => {
		const result = await catalogue.many({ limit, options: { pageSize: 3 } });
		expect(idsOf(result)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, limit));
		expect(catalogue.pages()).toEqual(read);
	});

	it('reads the full list with one request', async () => {
		const result = await catalogue.many({ ...all, options: { source: 'fullList', pageSize: 2 } });
		expect(idsOf(result)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
		expect(
			catalogue.simulator.requests.map(({ endpoint, method, query }) => [endpoint, method, query]),
		).toEqual([['esimDataplanList', 'GET', {}]]);
	});

	it('reads the catalogue once for several items, and links the plans to each of them', async () => {
		const given = { input: items('A', 'C') };
		const result = await catalogue.run(
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
		expect(catalogue.pages()).toEqual(['1/500']);
	});

	it('gives each item a plan of its own, so that changing one does not change the other', async () => {
		const result = await catalogue.run(
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

	it.each([true, false])(
		"changing what is inside a plan of one item changes no other item's (Simplify %p)",
		async (simplify) => {
			catalogue.simulator.plans.splice(
				0,
				Infinity,
				plan('A', { networks: 'JP:Docomo[4G]|', ...({ extra: { deep: ['x'] } } as object) }),
			);
			const result = await catalogue.run(
				'dataPlan',
				'getMany',
				{ limit: 1, simplify },
				{ input: items(1, 2, 3) },
			);
			const [first, second, third] = result.json();
			const before = JSON.stringify(third);
			for (const changed of [first, second] as unknown as Array<Record<string, unknown[]>>) {
				(changed.extra as unknown as { deep: unknown[] }).deep.push('changed');
				if (simplify)
					for (const list of [changed.networks, changed.countries]) list!.push('changed');
			}
			expect(JSON.stringify(third)).toBe(before);
			expect(before).not.toContain('changed');
		},
	);

	it('returns no item for an empty catalogue', async () => {
		catalogue.sell();
		const result = await catalogue.many(all);
		expect(result.error()).toBeUndefined();
		expect(result.items()).toEqual([]);
		expect(catalogue.pages()).toEqual(['1/500']);
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
		expect(seenError(await catalogue.many(parameters)).message).toContain(message);
		expect(catalogue.simulator.requests).toEqual([]);
	});
});

describe('Get', () => {
	const get = async (id: string) =>
		await catalogue.run('dataPlan', 'get', { planId: planById(id), simplify: false });

	it('reads no further than to the plan', async () => {
		catalogue.sell(...Array.from({ length: 1200 }, (_, i) => `P${i}`));
		expect((await get('P700')).json()).toEqual([plan('P700')]);
		expect(catalogue.pages()).toEqual(['1/500', '2/500']);
	});

	it('reads the catalogue once for all items', async () => {
		const planId = planById('={{ $json.value }}');
		const result = await catalogue.run(
			'dataPlan',
			'get',
			{ planId },
			{ input: items('G', 'A', 'G') },
		);
		expect(idsOf(result)).toEqual(['G', 'A', 'G']);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(catalogue.pages()).toEqual(['1/500']);
	});

	it('finds a plan that is no longer on sale and says so', async () => {
		catalogue.simulator.plans.push(plan('OLD', { status: '0' }));
		expect(
			(await catalogue.run('dataPlan', 'get', { planId: planById('OLD') })).json()[0],
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
