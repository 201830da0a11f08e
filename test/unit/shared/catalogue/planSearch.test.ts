import fc from 'fast-check';

import { listedPlan, planSearch } from '../../../../nodes/Microesim/shared/catalogue/listedPlan';

const plan = (change: Record<string, unknown> = {}) =>
	listedPlan({
		channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
		channel_dataplan_name: 'JapanIIJ-unlimited-5',
		price: '120.50',
		currency: 'HKD',
		day: '7',
		data: 'Unlimited',
		code: 'JP',
		...change,
	});

const finds = (typed: string, change?: Record<string, unknown>): boolean =>
	planSearch(typed)(plan(change));

describe('a row', () => {
	it.each<[Record<string, unknown>, string]>([
		[{}, '7 days · Unlimited · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ day: 1, data: 'Daily500MB' }, '1 day · 500 MB/day · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ data: 'Total10GB' }, '7 days · 10 GB · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ data: '1.5GB' }, '7 days · 1.5 GB · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ data: '51200' }, '7 days · 50 GB · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ data: 'plenty' }, '7 days · plenty · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		[{ code: 'JP,KR,CN' }, '7 days · Unlimited · 120.50 HKD · JP, KR, CN · JapanIIJ-unlimited-5'],
		[
			{ code: 'JP,KR,CN,HK' },
			'7 days · Unlimited · 120.50 HKD · 4 countries · JapanIIJ-unlimited-5',
		],
		[
			{ day: null, data: null, code: null, price: null, currency: null },
			'? days · ? · JapanIIJ-unlimited-5',
		],
		[
			{ channel_dataplan_name: '' },
			'7 days · Unlimited · 120.50 HKD · JP · b1a926e1-d770-4e03-804e-c527b9397eb9',
		],
	])('%j reads %s', (change, shown) => {
		expect(plan(change).shown).toBe(shown);
	});
});

describe('words find', () => {
	it.each<[string, Record<string, unknown>?]>([
		[''],
		['   '],
		['japan 7 days unlimited'],
		['UNLIMITED, 7 Days; Japan'],
		['7'],
		['7d'],
		['7 d'],
		['7 da'],
		['7-day'],
		['7days'],
		['days'],
		['jp'],
		['iij'],
		['5'],
		['120'],
		['120.5'],
		['120,50'],
		['120.50 hkd'],
		['c527'],
		['b1a926e1-d770-4e03-804e-c527b9397eb9'],
		['7 days · Unlimited · 120.50 HKD · JP · JapanIIJ-unlimited-5'],
		['5gb', { data: '5GB' }],
		['5 gb', { data: 'Total5GB' }],
		['5g', { data: '5GB' }],
		['2gb/day', { data: 'Daily2GB' }],
		['2 GB daily', { data: 'Daily2GB' }],
		['500 mb', { data: 'Daily500MB' }],
		['turkey', { code: 'TR' }],
		['turkiye', { code: 'TR' }],
		['Türkiye', { code: 'TR' }],
		['usa', { code: 'US,CA' }],
		['uk 7', { code: 'GB' }],
		['7 GB', { code: 'GB' }],
		['hong kong', { code: 'CN,HK,MO' }],
		['cote ivoire', { code: 'CI' }],
		['日本', { channel_dataplan_name: '日本 7天' }],
		['ＪＡＰＡＮ'],
	])('"%s"', (...[typed, change]) => {
		expect(finds(typed, change)).toBe(true);
	});
});

describe('words do not find', () => {
	it.each<[string, Record<string, unknown>?]>([
		['7', { day: '17', channel_dataplan_name: 'x' }],
		['7 days', { day: '17', channel_dataplan_name: 'x' }],
		['7 days', { day: '77', channel_dataplan_name: 'x' }],
		['1 days'],
		['2', {}],
		['20'],
		['5gb', { data: '15GB', channel_dataplan_name: 'x' }],
		['5gb', { data: '1.5GB', channel_dataplan_name: 'x' }],
		['5 gb', { data: '500MB', channel_dataplan_name: 'x' }],
		['20.50'],
		['pa'],
		['an'],
		['in', { code: 'CN', channel_dataplan_name: 'China' }],
		['japan 8 days'],
		['japan korea'],
		['atlantis'],
	])('"%s"', (...[typed, change]) => {
		expect(finds(typed, change)).toBe(false);
	});
});

it('a plan is found by each word of its row, in any order', () => {
	const texts = fc.record({
		channel_dataplan_name: fc.stringMatching(/^[A-Za-z]{3,9}( [A-Za-z]{3,9}){0,2}(-\d{1,2})?$/),
		price: fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
		day: fc.integer({ min: 1, max: 365 }).map(String),
		data: fc.constantFrom('Unlimited', '1GB', '500MB', 'Daily2GB', 'Total10GB'),
		code: fc.constantFrom('JP', 'US,CA', 'GB', 'CN,HK,MO'),
	});
	fc.assert(
		fc.property(texts, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (change, order) => {
			const { shown } = plan(change);
			const words = shown.split(/\s·\s/);
			const shuffled = words
				.map((word, index) => ({ word, at: order[index]! }))
				.sort((one, other) => one.at - other.at)
				.map(({ word }) => word);
			expect(finds(shuffled.join(' '), change)).toBe(true);
		}),
	);
});
