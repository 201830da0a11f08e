import type { IDataObject } from 'n8n-workflow';

import { items, seenError } from '../support/look';
import { idsOf, plan, useCatalogue } from './support';

const catalogue = useCatalogue();

const PLANS = [
	plan('jp-10', { price: '40.00', day: 10, data: 'Total10GB' }),
	plan('jp-daily', { price: '30.00', day: 7, data: 'Daily500MB' }),
	plan('jp-unlimited', { price: '60.00', day: 7, data: 'Unlimited' }),
	plan('jp-kr', { price: '55.00', day: 7, data: '20GB', code: 'JP,KR' }),
	plan('jp-long', { price: '90.00', day: 30, data: '20GB', active_type: 'ACTIVEDBYORDER' }),
	plan('jp-ekyc', { price: '1.00', day: 30, data: 'Unlimited', special_desc: 'eKYC' }),
	plan('jp-gone', { price: '0.10', day: 90, data: 'Unlimited', status: '0' }),
	plan('kr', { price: '5.00', day: 7, data: '5GB', code: 'KR' }),
];

beforeEach(() => void catalogue.simulator.plans.splice(0, Infinity, ...PLANS));

const best = async (parameters: IDataObject) =>
	await catalogue.run('dataPlan', 'findBest', { countryCodes: 'JP', ...parameters });

const withoutEkyc = { conditions: { withoutEkyc: true } };

it.each<[string, IDataObject, string[]]>([
	['the cheapest, whatever else', {}, ['jp-ekyc']],
	['no proof of identity', withoutEkyc, ['jp-daily']],
	['more data: that of all days counts', { gigabytes: 4, ...withoutEkyc }, ['jp-10']],
	['data of the days asked for alone', { gigabytes: 3, days: 6, ...withoutEkyc }, ['jp-10']],
	['any amount of data', { gigabytes: 0, ...withoutEkyc }, ['jp-daily']],
	['more days', { days: 11, ...withoutEkyc }, ['jp-long']],
	['all of the countries', { countryCodes: ' kr; jp ', ...withoutEkyc }, ['jp-kr']],
	['an activation type', { conditions: { activationType: 'ACTIVEDBYORDER' } }, ['jp-long']],
	['unlimited data', { conditions: { unlimitedOnly: true, withoutEkyc: true } }, ['jp-unlimited']],
	['a highest price', { conditions: { maximumPrice: 1 } }, ['jp-ekyc']],
	['an empty highest price, which is none', { conditions: { maximumPrice: '' } }, ['jp-ekyc']],
	['a name', { conditions: { nameContains: 'JP-KR' } }, ['jp-kr']],
	['a currency', { conditions: { currency: 'hkd' } }, ['jp-ekyc']],
	['runners-up', { ...withoutEkyc, options: { runnersUp: 2 } }, ['jp-daily', 'jp-10', 'jp-kr']],
])('finds the cheapest plan for %s', async (_name, parameters, ids) => {
	const result = await best(parameters);
	expect(result.error()).toBeUndefined();
	expect(idsOf(result)).toEqual(ids);
	expect(result.json().map(({ rank }) => rank)).toEqual(ids.map((_id, index) => index + 1));
});

it('of two at the same price takes the one that gives more', async () => {
	catalogue.simulator.plans.splice(
		0,
		Infinity,
		plan('less', { price: '10.00', data: '2GB', day: 30 }),
		plan('more', { price: '10.00', data: '3GB', day: 7 }),
		plan('longer', { price: '10.00', data: '3GB', day: 9 }),
	);
	expect(idsOf(await best({}))).toEqual(['longer']);
});

it('reads the catalogue once for several items', async () => {
	const result = await catalogue.run(
		'dataPlan',
		'findBest',
		{ countryCodes: '={{ $json.value }}', ...withoutEkyc },
		{ input: items('JP', 'KR') },
	);
	expect(idsOf(result)).toEqual(['jp-daily', 'kr']);
	expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(catalogue.pages()).toEqual(['1/500']);
});

it.each<[IDataObject, string]>([
	[{ days: 40 }, 'With another "Days" (the longest lasts 30 days) there would be one'],
	[
		{ gigabytes: 50, conditions: { maximumPrice: 0.5 } },
		'With another "Maximum Price" (the cheapest costs 1.00 HKD) there would be one',
	],
	[
		{ days: 20, gigabytes: 30, ...withoutEkyc },
		'With another "Days" (the longest lasts 7 days) or "Data (GB)" (the most is 20 GB) or "Without eKYC" (all others ask travellers to prove their identity) there would be one',
	],
	[{ countryCodes: 'JP,FR' }, 'With another "Country Codes" (the nearest works in JP alone)'],
	[
		{ countryCodes: 'FR', days: 200, conditions: { maximumPrice: 0 } },
		'The nearest, Plan jp-10, misses "Country Codes" and "Days" and "Maximum Price"',
	],
	[
		{ conditions: { nameContains: 'moon' } },
		'With another "Name Contains" (others have names such as',
	],
	[{ conditions: { currency: 'EUR' } }, 'With another "Currency" (others are priced in HKD)'],
])('says what failed nearest: %j', async (parameters, says) => {
	const error = seenError(await best(parameters));
	expect(error.message).toContain('No data plan fits. ');
	expect(error.message).toContain(says);
	const silent = await best({ ...parameters, options: { ifNothingFits: 'nothing' } });
	expect(silent.error()).toBeUndefined();
	expect(silent.items()).toEqual([]);
});

it('says that nothing is on sale', async () => {
	catalogue.sell();
	expect(seenError(await best({})).message).toContain('MicroeSIM has no data plan on sale');
});

it('calls none of two currencies the cheapest', async () => {
	catalogue.simulator.plans.push(plan('usd', { currency: 'USD', price: '3.00' }));
	const error = seenError(await best({}));
	expect(error.message).toContain(
		'priced in HKD and USD, so none of them can be called the cheapest',
	);
	expect(error.description).toContain('Currency');
	expect(idsOf(await best({ conditions: { currency: 'USD' } }))).toEqual(['usd']);
});

it('puts out what a customer pays, or nothing of it', async () => {
	expect((await best(withoutEkyc)).json()[0]).not.toHaveProperty('sales_price');
	const pricing = { percent: 20, fixed: 1, rate: 0.12, currency: 'EUR', ending: '.99' };
	// 30.00 × 0.12 × 1.2 + 1 = 5.32
	expect((await best({ ...withoutEkyc, pricing })).json()).toMatchObject([
		{ price: 30, currency: 'HKD', sales_price: 5.99, sales_currency: 'EUR' },
	]);
	expect((await best({ ...withoutEkyc, pricing: { percent: 10 } })).json()).toMatchObject([
		{ sales_price: 33, sales_currency: 'HKD' },
	]);
});

it('puts out the plan as it came where it is not simplified', async () => {
	expect((await best({ simplify: false, ...withoutEkyc })).json()).toEqual([
		{ ...plan('jp-daily', PLANS[1]), rank: 1 },
	]);
});

it.each<[IDataObject, string]>([
	[{ countryCodes: '={{ "" }}' }, 'The field "Country Codes" is empty'],
	[{ countryCodes: 'Japan' }, '"Japan" in the field "Country Codes" is no two-letter country code'],
	[{ pricing: { currency: 'EUR' } }, 'A sales price in EUR needs an Exchange Rate'],
	[{ pricing: { ending: '.42' } }, '"Round Up To" must be one of'],
	[{ options: { ifNothingFits: 'maybe' } }, '"If Nothing Fits" must be one of'],
	[{ conditions: { activationType: 'LATER' } }, '"Activation Type" must be one of'],
])('refuses to start with %j', async (parameters, says) => {
	expect(seenError(await best(parameters)).message).toContain(says);
	expect(catalogue.simulator.requests).toEqual([]);
});
