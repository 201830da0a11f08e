import fc from 'fast-check';

import { planFilter, type PlanFilters } from '../../../../nodes/Microesim/shared/catalogue/filter';

const japan = {
	channel_dataplan_id: 'jp',
	channel_dataplan_name: 'JapanIIJ-unlimited-15',
	price: '279.62',
	status: '1',
	day: 15,
	data: 'unlimited',
	active_type: 'ACTIVEDBYDEVICE',
	code: 'JP',
	special_desc: 'No ekyc needed.',
};
const asia = {
	...japan,
	channel_dataplan_id: 'asia',
	channel_dataplan_name: 'Asia 3',
	price: '71.62',
	day: 3,
	data: 'Daily2GB',
	code: 'JP,KR,TW',
	active_type: 'ACTIVEDBYORDER',
};
const hongKong = {
	...japan,
	channel_dataplan_id: 'hk',
	channel_dataplan_name: 'HK Local',
	price: '1,024.00',
	day: '30',
	data: 'Total10GB',
	code: 'hk',
	special_desc: 'ekyc required',
};
const gone = { ...japan, channel_dataplan_id: 'gone', status: '0' };
const bare = { channel_dataplan_id: 'bare', status: '1' };
const ALL = [japan, asia, hongKong, gone, bare];

const passing = (filters: PlanFilters) =>
	ALL.filter(planFilter(filters)).map((plan) => plan.channel_dataplan_id);

describe('filtering the catalogue', () => {
	it('leaves out only what is not on sale, unless more is asked', () => {
		expect(passing({})).toEqual(['jp', 'asia', 'hk', 'bare']);
		expect(passing({ onSaleOnly: true })).toEqual(['jp', 'asia', 'hk', 'bare']);
		expect(passing({ onSaleOnly: false })).toEqual(['jp', 'asia', 'hk', 'gone', 'bare']);
	});

	const cases: Array<[PlanFilters, string[]]> = [
		[{ countryCodes: 'jp' }, ['jp', 'asia']],
		[{ countryCodes: 'KR, HK' }, ['asia', 'hk']],
		[{ countryCodes: 'JP;KR', countryMatch: 'any' }, ['jp', 'asia']],
		[{ countryCodes: 'JP;KR', countryMatch: 'all' }, ['asia']],
		[{ countryCodes: 'HK\u200b' }, ['hk']],
		[{ countryCodes: 'US' }, []],
		[{ countryCodes: ' , ' }, ['jp', 'asia', 'hk', 'bare']],
		[{ nameContains: 'JAPAN' }, ['jp']],
		[{ nameContains: ' local ' }, ['hk']],
		[{ nameContains: '' }, ['jp', 'asia', 'hk', 'bare']],
		[{ minDays: 15 }, ['jp', 'hk']],
		[{ maxDays: 15 }, ['jp', 'asia']],
		[{ minDays: 3, maxDays: 3 }, ['asia']],
		[{ minPrice: 279.62 }, ['jp', 'hk']],
		[{ maxPrice: 279.62 }, ['jp', 'asia']],
		[{ minPrice: 1024, maxPrice: 1024 }, ['hk']],
		[{ minPrice: 0 }, ['jp', 'asia', 'hk']],
		[{ dataType: 'unlimited' }, ['jp']],
		[{ dataType: 'daily' }, ['asia']],
		[{ dataType: 'any', activationType: 'any', ekyc: 'any' }, ['jp', 'asia', 'hk', 'bare']],
		[{ activationType: 'ACTIVEDBYORDER' }, ['asia']],
		[{ activationType: 'ACTIVEDBYDEVICE' }, ['jp', 'hk']],
		[{ ekyc: 'with' }, ['hk']],
		[{ ekyc: 'without' }, ['jp', 'asia', 'bare']],
		[{ countryCodes: 'JP', maxPrice: 100, dataType: 'daily' }, ['asia']],
	];

	it.each(cases)('%j lets pass %j', (filters, expected) => {
		expect(passing(filters)).toEqual(expected);
	});

	it('finds plans with a total allowance', () => {
		expect(passing({ dataType: 'total' })).toContain('hk');
		expect(passing({ dataType: 'total' })).not.toEqual(expect.arrayContaining(['jp']));
	});

	it('never lets pass more when one more filter is set', () => {
		const some = fc.record(
			{
				countryCodes: fc.constantFrom('JP', 'KR', 'HK', 'JP KR'),
				countryMatch: fc.constantFrom('any' as const, 'all' as const),
				nameContains: fc.constantFrom('a', 'asia', '-'),
				minDays: fc.nat(40),
				maxPrice: fc.nat(2000),
				dataType: fc.constantFrom('unlimited' as const, 'daily' as const, 'total' as const),
				ekyc: fc.constantFrom('with' as const, 'without' as const),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(some, fc.nat(40), (filters, maxDays) => {
				const wider = passing(filters);
				for (const id of passing({ ...filters, maxDays })) expect(wider).toContain(id);
			}),
		);
	});
});

describe('filters that an expression filled in', () => {
	const given = (filters: Record<string, unknown>) => filters as PlanFilters;

	it('count as not set when they are null', () => {
		const nothing = {
			countryCodes: null,
			nameContains: null,
			minDays: null,
			maxDays: null,
			minPrice: null,
			maxPrice: null,
		};
		expect(passing(given(nothing))).toEqual(['jp', 'asia', 'hk', 'bare']);
	});

	it('count as not set when they are empty', () => {
		const nothing = {
			countryCodes: '',
			nameContains: '',
			minDays: '',
			maxDays: '',
			minPrice: '',
			maxPrice: '',
		};
		expect(passing(given(nothing))).toEqual(['jp', 'asia', 'hk', 'bare']);
	});

	it('take numbers as text', () => {
		expect(passing(given({ minDays: '4', maxDays: '100' }))).toEqual(['jp', 'hk']);
	});

	it('take a number as part of a name', () => {
		expect(passing(given({ nameContains: 15 }))).toEqual(['jp']);
	});

	it('take the list of countries that Data Plan → Get itself puts out', () => {
		expect(passing(given({ countryCodes: ['KR', 'HK'] }))).toEqual(['asia', 'hk']);
	});
});
