import {
	countriesOf,
	dataTypeOf,
	isOnSale,
	needsEkyc,
	planIdOf,
	simplifyPlan,
} from '../../../../nodes/Microesim/shared/answers/plan';
import samples from '../../../fixtures/document-samples.json';

describe('a plan of the API document', () => {
	it('comes out with typed values', () => {
		expect(simplifyPlan(samples.esimDataplanListPage.result.list[1]!)).toEqual({
			channel_dataplan_id: '202408136e79772A718449EEE9290CAC3',
			channel_dataplan_name: 'JapanIIJ-unlimited-15-test',
			price: 279.62,
			currency: 'HKD',
			status: '1',
			on_sale: true,
			day: 15,
			data: 'unlimited',
			data_type: 'unlimited',
			data_mb: null,
			apn: 'vmobile.jp',
			active_type: 'ACTIVEDBYDEVICE',
			code: 'JP',
			countries: ['JP'],
			networks: [
				{ country: 'JP', operators: [{ name: 'Docomo(IIJ)', generations: ['4G', 'LTE'] }] },
			],
			ip: 'PL',
			rule_desc: 'unlimited 512kbps',
			validity_period: 60,
			special_desc: 'ekyc required esim',
			ekyc_required: true,
		});
	});

	it('keeps fields that the document does not name', () => {
		const plan = simplifyPlan({
			...samples.esimDataplanList.result[0],
			date_reset: '00:00',
			usage_reset: '1',
			new_field: { a: [1] },
		});
		expect(plan).toMatchObject({ date_reset: '00:00', usage_reset: '1', new_field: { a: [1] } });
	});

	it('has null for what is empty or missing', () => {
		const nothing = {
			channel_dataplan_id: '',
			channel_dataplan_name: null,
			price: null,
			currency: null,
			status: null,
			on_sale: false,
			day: null,
			data: null,
			data_mb: null,
			apn: null,
			active_type: null,
			code: null,
			countries: [],
			networks: [],
			ip: null,
			rule_desc: null,
			validity_period: null,
			special_desc: null,
			ekyc_required: false,
		};
		expect(simplifyPlan({})).toMatchObject(nothing);
		expect(
			simplifyPlan({
				price: '',
				day: '',
				data: '',
				code: '',
				networks: '',
				special_desc: ' ',
				apn: null,
			}),
		).toMatchObject(nothing);
	});

	it('does not change the plan it was given', () => {
		const plan = { ...samples.esimDataplanList.result[0]! };
		const before = JSON.stringify(plan);
		simplifyPlan(plan);
		expect(JSON.stringify(plan)).toBe(before);
	});
});

describe('the data of a plan', () => {
	it.each([
		['unlimited', 'unlimited', null],
		['Unlimited', 'unlimited', null],
		['1GB', 'total', 1024],
		['Daily2GB', 'daily', 2048],
		['Total10GB', 'total', 10240],
		['500MB', 'total', 500],
		['Daily 500MB', 'daily', 500],
		['daily-1.5GB', 'daily', 1536],
		['Total 1TB', 'total', 1048576],
		['2GB/day', 'daily', 2048],
		['2GB / Day', 'daily', 2048],
		['10GB/30Days', 'total', 10240],
		['Daily1,024MB', 'daily', 1024],
	])('%s is of the type %s and holds %p MB', (data, type, megabytes) => {
		expect(dataTypeOf({ data })).toBe(type);
		expect(simplifyPlan({ data })).toMatchObject({ data, data_type: type, data_mb: megabytes });
	});

	it('is not read from the name, which is for people', () => {
		const plan = { channel_dataplan_name: 'Japan-Daily5GB-unlimited-A0', data: '1GB' };
		expect(simplifyPlan(plan)).toMatchObject({ data_type: 'total', data_mb: 1024 });
	});
});

describe('proof of identity', () => {
	it.each([
		'ekyc required',
		'ekyc required esim',
		'eKYC',
		'EKYC REQUIRED',
		'Local eSIM, eKYC  required before use',
		'Please finish eKYC first',
	])('is needed when the plan says "%s"', (text) =>
		expect(needsEkyc({ special_desc: text })).toBe(true),
	);

	it.each([
		'',
		'No ekyc needed.',
		'no eKYC',
		'NO  EKYC needed, hotspot allowed',
		'Hotspot allowed',
		null,
		undefined,
	])('is not needed when the plan says %j', (text) =>
		expect(needsEkyc({ special_desc: text })).toBe(false),
	);
});

describe('other facts of a plan', () => {
	it('is on sale with the status 1 only', () => {
		expect(['1', 1, ' 1 '].map((status) => isOnSale({ status }))).toEqual([true, true, true]);
		expect(
			['0', 0, '2', '', null, undefined, '11', 'true'].some((status) => isOnSale({ status })),
		).toBe(false);
	});

	it('lists its countries in capitals', () => {
		expect(countriesOf({ code: 'jp,KR, tw ,' })).toEqual(['JP', 'KR', 'TW']);
		expect(countriesOf({ code: '' })).toEqual([]);
		expect(countriesOf({})).toEqual([]);
	});

	it('reads the days to install from numbers and words', () => {
		expect(
			['60', '180 days', 90, ''].map(
				(validity_period) => simplifyPlan({ validity_period }).validity_period,
			),
		).toEqual([60, 180, 90, null]);
	});

	it('has an id, or "" for an entry without one', () => {
		expect(planIdOf({ channel_dataplan_id: ' b1a926e1-d770-4e03-804e-c527b9397eb9 ' })).toBe(
			'b1a926e1-d770-4e03-804e-c527b9397eb9',
		);
		expect(planIdOf({ channel_dataplan_id: 123 })).toBe('123');
		expect(planIdOf({})).toBe('');
	});
});
