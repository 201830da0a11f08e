import type { IDataObject } from 'n8n-workflow';

import { callTool } from '../support/agent';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

/** What a model can ask of the catalogue, and what it gets to read. */

const bench = useBench({ plans: 200 });

interface ReadPlan {
	price: number;
	day: number;
	countries: string[];
	[field: string]: unknown;
}

const ask = async (operation: string, parameters: IDataObject, node: IDataObject = {}) =>
	JSON.parse(
		await callTool(bench, { resource: 'dataPlan', operation, ...parameters }, node),
	) as ReadPlan[];

it('filters are fields that a model may fill', async () => {
	const all = await ask('getMany', { returnAll: true });
	const some = await ask('getMany', { returnAll: true, countryCodes: 'JP', maxDays: 7 });
	expect(some.length).toBeGreaterThan(0);
	expect(some).toEqual(all.filter(({ countries, day }) => countries.includes('JP') && day <= 7));
});

it('what a model writes where it has nothing to ask for lets every plan pass', async () => {
	const nothing = {
		countryCodes: '',
		nameContains: '',
		minDays: 0,
		maxDays: 0,
		minPrice: 0,
		maxPrice: 0,
		dataType: 'any',
		activationType: 'any',
		countryMatch: 'any',
		ekyc: 'any',
		onSaleOnly: true,
	};
	const all = await ask('getMany', { returnAll: true });
	expect(await ask('getMany', { returnAll: true, ...nothing })).toEqual(all);
	const wish = { countryCodes: 'JP', days: 1, gigabytes: 0 };
	const best = await ask('findBest', wish);
	const open = {
		activationType: 'any',
		currency: '',
		maximumPrice: 0,
		nameContains: '',
		unlimitedOnly: false,
		withoutEkyc: false,
	};
	expect(await ask('findBest', { ...wish, ...open })).toEqual(best);
	await expect(ask('findBest', { ...wish, ...open, maximumPrice: 0.01 })).rejects.toThrow(
		'Maximum Price',
	);
});

describe('what a model writes in its own way', () => {
	it.each(['true', 'True', 'TRUE', 1, 'yes', 'null'])(
		'a condition that is %j is asked for, or refused, in a tool and by an expression',
		async (on) => {
			const wish = { countryCodes: 'JP', days: 1, gigabytes: 0 };
			for (const name of ['withoutEkyc', 'unlimitedOnly']) {
				const conditions = { [name]: `={{ ${JSON.stringify(on)} }}` };
				const find = async (given: IDataObject) =>
					await ask('findBest', { ...wish, ...given, options: { runnersUp: 100 } }).catch(() => []);
				const right = await find({ [name]: true });
				expect(right.length).toBeGreaterThan(0);
				const result = await bench.run('dataPlan', 'findBest', { ...wish, conditions });
				const byExpression = result.error() ? [] : result.json();
				const ids = right.map(({ channel_dataplan_id }) => channel_dataplan_id);
				for (const plan of [...(await find({ [name]: on })), ...byExpression])
					expect(ids).toContain(plan.channel_dataplan_id);
			}
		},
	);

	it('a switch that an expression leaves empty does not vanish', async () => {
		const parameters = { countryCodes: 'JP', conditions: { withoutEkyc: '={{ $json.nothing }}' } };
		const result = await bench.run('dataPlan', 'findBest', parameters);
		expect(result.error()?.message).toContain('"Without eKYC" must be on or off');
	});

	it.each([
		['countryMatch', 'All', 'all'],
		['countryMatch', ' ALL ', 'all'],
		['ekyc', 'With', 'with'],
		['dataType', 'Unlimited', 'unlimited'],
		['dataType', 'Any', 'any'],
		['activationType', 'ANY', 'any'],
		['ekyc', '', 'any'],
	])('%s "%s" is "%s"', async (name, written, meant) => {
		const filters = { returnAll: true, countryCodes: 'JP, KR' };
		const right = await ask('getMany', { ...filters, [name]: meant });
		expect(await ask('getMany', { ...filters, [name]: written })).toEqual(right);
		const given = { filters: { countryCodes: 'JP, KR', [name]: `={{ "${written}" }}` } };
		const result = await bench.run('dataPlan', 'getMany', { returnAll: true, ...given });
		expect(result.json()).toEqual(right);
	});

	it('a choice that is none is refused', async () => {
		await expect(ask('getMany', { countryMatch: 'both' })).rejects.toThrow(
			'"Country Match" must be one of',
		);
	});
});

it('a tool of version 1 has its filters in their collection', async () => {
	const filters = { countryCodes: 'JP' };
	const some = await ask('getMany', { returnAll: true, filters }, { typeVersion: 1 });
	expect(some.length).toBeGreaterThan(0);
	expect(some.every(({ countries }) => countries.includes('JP'))).toBe(true);
});

describe('what a model gets to read', () => {
	it('is as MicroeSIM sent it', async () => {
		const [plan] = await ask('getMany', { limit: 1, toolOutput: 'raw' });
		expect(typeof plan!.price).toBe('string');
	});

	it('is some fields alone', async () => {
		const fields = { toolOutput: 'selected', toolFields: 'price, channel_dataplan_id' };
		const plans = await ask('getMany', { limit: 3, ...fields });
		const names = ['channel_dataplan_id', 'price'];
		expect(plans.map((plan) => Object.keys(plan).sort())).toEqual([names, names, names]);
	});

	it.each([
		['', 'The field "Fields" is empty'],
		['={{ ({ a: 1 }) }}', 'The field "Fields" must be text'],
		['price, prize', 'The field "Fields" names "prize", but no result has that'],
	])('is refused where a name is none: %j', async (toolFields, message) => {
		const call = ask('getMany', { limit: 3, toolOutput: 'selected', toolFields });
		await expect(call).rejects.toThrow(message);
	});

	it('is some fields of an order, too', async () => {
		await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN) });
		const [order] = bench.simulator.ledger;
		const parameters = {
			topupId: order!.topup_id,
			toolOutput: 'selected',
			toolFields: 'delivered',
		};
		for (const operation of ['get', 'waitForDelivery']) {
			const reply = await callTool(bench, { resource: 'order', operation, ...parameters });
			expect(JSON.parse(reply)).toEqual([{ delivered: true }]);
		}
	});
});
