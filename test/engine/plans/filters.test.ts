import type { IDataObject } from 'n8n-workflow';

import { seenError } from '../support/look';
import { useBench, useBenches } from '../support/useBench';
import { plan } from './support';

const bench = useBench();
const openBench = useBenches();

const CATALOGUE = [
	plan('jp', { channel_dataplan_name: 'Japan Total', data: 'Total10GB', price: '99.90', day: 10 }),
	plan('jp-kr', {
		channel_dataplan_name: 'JAPAN & Korea',
		code: 'JP,KR',
		data: 'Daily2GB',
		price: '100.00',
		day: 5,
		special_desc: 'eKYC',
	}),
	plan('kr', {
		channel_dataplan_name: 'Korea',
		code: 'kr',
		data: 'Unlimited',
		price: '1200.00',
		day: 30,
		special_desc: 'No ekyc needed.',
	}),
	plan('eu', {
		channel_dataplan_name: 'Europe',
		code: 'FR, DE',
		data: '500MB',
		price: '9.00',
		day: 1,
		active_type: 'ACTIVEDBYORDER',
		special_desc: 'ekyc required esim',
	}),
	plan('old', {
		channel_dataplan_name: 'Old Japan',
		status: '0',
		data: 'unlimited',
		price: '50.00',
		day: 3,
	}),
	plan('blank', {
		channel_dataplan_name: '',
		code: '',
		data: '',
		price: '',
		day: null as unknown as number,
	}),
];

beforeAll(async () => {
	bench.simulator.plans.splice(0, Infinity, ...CATALOGUE);
});

const filtered = async (filters: IDataObject) =>
	await bench.run('dataPlan', 'getMany', { returnAll: true, filters });

it.each<[IDataObject, string[]]>([
	[{}, ['jp', 'jp-kr', 'kr', 'eu', 'blank']],
	[{ onSaleOnly: true }, ['jp', 'jp-kr', 'kr', 'eu', 'blank']],
	[{ onSaleOnly: false }, ['jp', 'jp-kr', 'kr', 'eu', 'old', 'blank']],
	[{ countryCodes: 'KR' }, ['jp-kr', 'kr']],
	[{ countryCodes: ' jp ; kr ' }, ['jp', 'jp-kr', 'kr']],
	[{ countryCodes: 'JP,KR', countryMatch: 'any' }, ['jp', 'jp-kr', 'kr']],
	[{ countryCodes: 'JP KR', countryMatch: 'all' }, ['jp-kr']],
	[{ countryCodes: 'DE', countryMatch: 'all' }, ['eu']],
	[{ countryCodes: 'J' }, []],
	[{ countryCodes: ' ' }, ['jp', 'jp-kr', 'kr', 'eu', 'blank']],
	[{ nameContains: 'japan' }, ['jp', 'jp-kr']],
	[{ nameContains: ' & ' }, ['jp-kr']],
	[{ nameContains: 'kore', onSaleOnly: false }, ['jp-kr', 'kr']],
	[{ minDays: 5 }, ['jp', 'jp-kr', 'kr']],
	[{ maxDays: 5 }, ['jp-kr', 'eu']],
	[{ minDays: 5, maxDays: 10 }, ['jp', 'jp-kr']],
	[{ minPrice: 99.9 }, ['jp', 'jp-kr', 'kr']],
	[{ maxPrice: 99.9 }, ['jp', 'eu']],
	[{ minPrice: 99.91, maxPrice: 100 }, ['jp-kr']],
	[{ maxPrice: 0 }, []],
	[{ dataType: 'any' }, ['jp', 'jp-kr', 'kr', 'eu', 'blank']],
	[{ dataType: 'unlimited' }, ['kr']],
	[{ dataType: 'daily' }, ['jp-kr']],
	[{ dataType: 'total', minDays: 1 }, ['jp', 'eu']],
	[{ activationType: 'ACTIVEDBYORDER' }, ['eu']],
	[{ activationType: 'ACTIVEDBYDEVICE' }, ['jp', 'jp-kr', 'kr', 'blank']],
	[{ ekyc: 'any' }, ['jp', 'jp-kr', 'kr', 'eu', 'blank']],
	[{ ekyc: 'with' }, ['jp-kr', 'eu']],
	[{ ekyc: 'without' }, ['jp', 'kr', 'blank']],
	[{ countryCodes: 'JP', ekyc: 'without', maxPrice: 100, dataType: 'total' }, ['jp']],
])('the filters %j let pass %j', async (filters, expected) => {
	const result = await filtered(filters);
	expect(result.error()).toBeUndefined();
	expect(result.json().map(({ channel_dataplan_id }) => channel_dataplan_id)).toEqual(expected);
});

it.each(['numbers', 'strings'] as const)(
	'work as well where MicroeSIM writes its numbers as %s',
	async (answerNumbersAs) => {
		const other = await openBench({ answerNumbersAs });
		other.simulator.plans.splice(0, Infinity, ...CATALOGUE);
		const filters = { minPrice: 99.9, maxPrice: 100, minDays: 5, maxDays: 10 };
		const result = await other.run('dataPlan', 'getMany', {
			returnAll: true,
			filters,
			options: { pageSize: 2 },
		});
		expect(result.json()).toHaveLength(2);
		expect(result.json()[1]).toMatchObject({
			channel_dataplan_id: 'jp-kr',
			price: 100,
			day: 5,
			status: '1',
			on_sale: true,
			validity_period: 60,
		});
	},
);

it('a highest price that cannot be read lets no dearer plan pass', async () => {
	const result = await filtered({ maxPrice: '={{ "300,00" }}' });
	expect(result.json().map(({ channel_dataplan_id }) => channel_dataplan_id)).not.toContain('kr');
});

it.each<[IDataObject, string]>([
	[{ minDays: 10, maxDays: 5 }, '"Days From" (10) is greater than "Days To" (5)'],
	[{ minPrice: 10, maxPrice: 5 }, '"Price From" (10) is greater than "Price To" (5)'],
	[{ maxPrice: '={{ "300,00" }}' }, 'Price To'],
	[{ minDays: '={{ "a week" }}' }, 'Days From'],
])('the filters %j are refused', async (filters, message) => {
	expect(seenError(await filtered(filters)).message).toContain(message);
});

it('a price that an expression leaves empty filters nothing out', async () => {
	const result = await filtered({ maxPrice: '={{ "" }}', countryCodes: 'JP' });
	expect(result.json().map(({ channel_dataplan_id }) => channel_dataplan_id)).toEqual([
		'jp',
		'jp-kr',
	]);
});

it('country codes may come as a list, and a part of a name as a number', async () => {
	const byCountry = await filtered({ countryCodes: '={{ ["KR", "DE"] }}' });
	expect(byCountry.json().map(({ channel_dataplan_id }) => channel_dataplan_id)).toEqual([
		'jp-kr',
		'kr',
		'eu',
	]);
	const byName = await filtered({ nameContains: '={{ 66 }}' });
	expect(byName.error()).toBeUndefined();
	expect(byName.json()).toEqual([]);
});
