import type { IDataObject } from 'n8n-workflow';

import { items, seenError } from '../support/look';
import { idsOf, plan, useCatalogue } from './support';

const catalogue = useCatalogue();

const PLANS = [
	plan('dear', { channel_dataplan_name: 'plan 10', price: '100.00', day: 30, data: 'Total20GB' }),
	plan('daily', { channel_dataplan_name: 'Plan 9', price: '29.00', day: 3, data: 'Daily2GB' }),
	plan('none', { channel_dataplan_name: '', price: '', day: null as unknown as number, data: '' }),
	plan('free', { channel_dataplan_name: 'Atlas', price: '20.00', day: 10, data: 'Unlimited' }),
	plan('small', { channel_dataplan_name: 'äther', price: '9.50', day: 1, data: '500MB' }),
];

beforeEach(() => void catalogue.simulator.plans.splice(0, Infinity, ...PLANS));

it.each<[string, string[]]>([
	['catalogue', ['dear', 'daily', 'none', 'free', 'small']],
	['price', ['small', 'free', 'daily', 'dear', 'none']],
	['pricePerDay', ['free', 'dear', 'small', 'daily', 'none']],
	['pricePerGb', ['daily', 'dear', 'small', 'none', 'free']],
	['days', ['small', 'daily', 'free', 'dear', 'none']],
	['name', ['small', 'free', 'none', 'daily', 'dear']],
])('by %s: %j', async (sortBy, ids) => {
	expect(idsOf(await catalogue.many({ sortBy, returnAll: true }))).toEqual(ids);
});

it('reads all for the cheapest, and puts out no more than the limit', async () => {
	const many = Array.from({ length: 1203 }, (_, i) =>
		plan(`P${i}`, { price: String(((i + 600) * 7919) % 1203) }),
	);
	catalogue.simulator.plans.splice(0, Infinity, ...many);
	const cheapest = [...many].sort((one, other) => Number(one.price) - Number(other.price));
	for (const limit of [1, 2, 300]) {
		catalogue.forgetRequests();
		const result = await catalogue.many({ sortBy: 'price', limit });
		expect(idsOf(result)).toEqual(
			cheapest.slice(0, limit).map(({ channel_dataplan_id }) => channel_dataplan_id),
		);
		expect(catalogue.pages()).toEqual(['1/500', '2/500', '3/500']);
	}
});

it('sorts for each item what its filters let pass, reading the catalogue once', async () => {
	const result = await catalogue.run(
		'dataPlan',
		'getMany',
		{ sortBy: 'price', limit: 1, filters: { minDays: '={{ $json.value }}' } },
		{ input: items(1, 3, 20) },
	);
	expect(idsOf(result)).toEqual(['small', 'free', 'dear']);
	expect(catalogue.pages()).toEqual(['1/500']);
});

it('does not compare prices in two currencies', async () => {
	catalogue.simulator.plans.splice(
		0,
		Infinity,
		plan('B', { price: '9.00', currency: 'USD' }),
		plan('A', { price: '10.00', currency: 'HKD' }),
		plan('C', { price: '8.00', currency: 'USD' }),
		plan('D', { price: '5.00', currency: 'HKD' }),
	);
	expect(idsOf(await catalogue.many({ sortBy: 'price' }))).toEqual(['D', 'A', 'C', 'B']);
});

it.each<[IDataObject]>([[{ sortBy: 'weight' }], [{ sortBy: '={{ 5 }}' }], [{ sortBy: '' }]])(
	'refuses to start with %j',
	async (parameters) => {
		const error = seenError(await catalogue.many(parameters));
		expect(error.message).toContain('"Sort By" must be one of catalogue, days, name, price');
		expect(catalogue.simulator.requests).toEqual([]);
	},
);
