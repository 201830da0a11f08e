import { parseText } from '../../../../nodes/Microesim/shared/push/read/parseText';
import { readPush } from '../../../../nodes/Microesim/shared/push/read/readPush';

/** The worst fault of all: an eSIM that is handed on with the code of another one. */

const CODE = (name: string) => `LPA:1$smdp.example.com$${name}`;

/** Each eSIM with its code, those without, and those of which nobody knows. */
function codesOf(body: unknown, isUnordered = false) {
	const push = readPush(body, isUnordered);
	const ready = 'fault' in push ? [] : push.esims;
	const names = (of: typeof push.open) => of.map(({ esim }) => esim.deviceId);
	for (const { esim } of push.mixedUp) expect(esim.item.lpa_str).toBeNull();
	return {
		ready: Object.fromEntries(ready.map(({ deviceId, item }) => [deviceId, item.lpa_str])),
		raw: Object.fromEntries(ready.map(({ deviceId, raw }) => [deviceId, raw.lpa_str])),
		open: names(push.open),
		mixedUp: names(push.mixedUp),
	};
}

const A = CODE('A');
const B = CODE('B');

it.each<[string, unknown, Record<string, string>, string[], string[]?]>([
	[
		'lists side by side',
		{ topup_id: '1', device_id: ['10', '20'], lpa_str: [A, B] },
		{ 10: A, 20: B },
		[],
	],
	[
		'a hole in the codes',
		{ topup_id: '1', device_id: ['10', '20'], lpa_str: ['', B] },
		{ 20: B },
		['10'],
	],
	[
		'one code for two eSIMs',
		{ topup_id: '1', device_id: ['10', '20'], lpa_str: A },
		{},
		[],
		['10', '20'],
	],
	[
		'a list of codes that is shorter: which of them is missing?',
		{ topup_id: '1', device_id: ['10', '20', '30'], lpa_str: [A, B] },
		{},
		[],
		['10', '20', '30'],
	],
	['no code at all', { topup_id: '1', device_id: ['10', '20'] }, {}, ['10', '20']],
	['two codes for one eSIM', { topup_id: '1', device_id: '10', lpa_str: [A, B] }, {}, [], ['10']],
	[
		'one eSIM twice with different codes is none',
		{ topup_id: '1', device_id: ['10', '10', '20'], lpa_str: [A, B, CODE('C')] },
		{ 20: CODE('C') },
		[],
		['10'],
	],
	[
		'one code for two eSIMs, said for each',
		{ topup_id: '1', device_id: ['10', '20', '30'], lpa_str: [A, A.replace('LPA', 'lpa'), B] },
		{ 30: B },
		[],
		['10', '20'],
	],
	[
		'one eSIM twice with the same code',
		{ topup_id: '1', device_id: ['10', '10'], lpa_str: [A, A] },
		{ 10: A },
		[],
	],
	[
		'a code beside a list of objects is nobody’s',
		{ topup_id: '1', lpa_str: A, data: [{ device_id: '10' }, { device_id: '20', lpa_str: B }] },
		{ 20: B },
		['10'],
	],
	[
		'objects with their own codes, order beside them',
		{
			topup_id: '1',
			number: '2',
			result: [
				{ device_id: '10', lpa_str: A },
				{ device_id: '20', lpa_str: B },
			],
		},
		{ 10: A, 20: B },
		[],
	],
	[
		'a hole among the IDs, and one code',
		{ topup_id: '1', number: '2', device_id: ['10', ''], lpa_str: [B] },
		{},
		[],
		['10'],
	],
	['the same as scalars', { topup_id: '1', device_id: ['10', null], lpa_str: B }, {}, [], ['10']],
	['the same as text', { topup_id: '1', device_ids: ['10', 'null'], lpa_str: B }, {}, [], ['10']],
	['the same with commas', { topup_id: '1', device_id: '10,', lpa_str: B }, {}, [], ['10']],
	['a hole in both', { topup_id: '1', device_id: ['10', ''], lpa_str: [A, ''] }, { 10: A }, []],
	[
		'a hole in front of both',
		{ topup_id: '1', device_id: [null, '10', '20'], lpa_str: [null, A, B] },
		{ 10: A, 20: B },
		[],
	],
	[
		'another eSIM under the other name',
		{ topup_id: '1', device_ids: ['10'], device_id: '20', lpa_str: B },
		{},
		[],
		['10', '20'],
	],
	[
		'a word for nothing in both',
		{ topup_id: '1', device_id: ['10', 'null', '20'], lpa_str: [A, 'null', B] },
		{ 10: A, 20: B },
		[],
	],
	[
		'a hole under the other name',
		{ topup_id: '1', device_ids: ['10'], device_id: ['10', ''], lpa_str: [B] },
		{},
		[],
		['10'],
	],
	[
		'objects with numbers for names',
		{ topup_id: '1', device_id: { 0: '10', 1: '20' }, lpa_str: { 1: A, 2: B } },
		{ 10: A, 20: B },
		[],
	],
	[
		'an eSIM without a code inside another one',
		{ topup_id: '1', device_id: '10', lpa_str: A, others: [{ device_id: '20' }] },
		{ 10: A },
		['20'],
	],
	[
		'objects as Rails writes them',
		{ topup_id: '1', 'esims[][device_id]': ['10', '20'], 'esims[][lpa_str]': [A, B] },
		{ 10: A, 20: B },
		[],
	],
	[
		'objects as Rails writes them, one without a code',
		{ topup_id: '1', 'esims[][device_id]': ['10', '20'], 'esims[][lpa_str]': B },
		{},
		[],
		['10', '20'],
	],
	[
		'six names deep',
		{
			'data[a][0][b][c][topup_id]': '1',
			'data[a][0][b][c][device_id]': '10',
			'data[a][0][b][c][lpa_str]': A,
		},
		{ 10: A },
		[],
	],
	[
		'plain and bracketed names of one form',
		{ topup_id: '1', device_id: '10', 'device_id[]': '20', lpa_str: A, 'lpa_str[]': B },
		{ 10: A, 20: B },
		[],
	],
	[
		'indexes out of order',
		{ topup_id: '1', 'device_id[1]': '20', 'device_id[0]': '10', 'lpa_str[1]': B, 'lpa_str[0]': A },
		{ 10: A, 20: B },
		[],
	],
])('%s', (_, body, ready, open, mixedUp = []) => {
	expect(codesOf(body)).toEqual({ ready, raw: ready, open, mixedUp });
});

it('lists whose order is lost give no code to anybody, unless there is one eSIM only', () => {
	const two = { topup_id: '1', device_id: ['10', '20'], lpa_str: [A, B] };
	expect(codesOf(two, true)).toEqual({
		ready: {},
		raw: {},
		open: [],
		mixedUp: ['10', '20'],
	});
	const one = { topup_id: '1', device_id: '10', lpa_str: A, tags: ['x', 'y'] };
	expect(codesOf(one, true)).toEqual({
		ready: { 10: A },
		raw: { 10: A },
		open: [],
		mixedUp: [],
	});
});

it('other lists of another length are in nobody’s fields', () => {
	const push = readPush({
		topup_id: '1',
		device_id: ['10', '20'],
		lpa_str: [A, B],
		qrcode: ['https://files.example/20'],
		msisdn: '48222',
	});
	if ('fault' in push) throw new Error(push.fault);
	for (const { item, raw } of push.esims) {
		expect(item).toMatchObject({ qrcode: null, msisdn: null });
		expect(raw).toMatchObject({ qrcode: null, msisdn: null });
	}
});

it.each<[string, string, Record<string, string>, string[]]>([
	[
		'an ID twice',
		`{"topup_id":"1","device_id":"10","lpa_str":"${A}","device_id":"20"}`,
		{},
		['10', '20'],
	],
	[
		'an ID and a code twice',
		`{"topup_id":"1","device_id":"10","lpa_str":"${A}","device_id":"20","lpa_str":"${B}"}`,
		{ 10: A, 20: B },
		[],
	],
	[
		'a whole eSIM twice',
		`{"topup_id":"1","data":{"device_id":"10","lpa_str":"${A}"},"data":{"device_id":"20","lpa_str":"${B}"}}`,
		{ 10: A, 20: B },
		[],
	],
	[
		'the same twice',
		`{"topup_id":"1","topup_id":"1","device_id":"10","lpa_str":"${A}"}`,
		{ 10: A },
		[],
	],
])('JSON that says %s is read as a form would be', (_, text, ready, mixedUp) => {
	expect(codesOf(parseText(text))).toEqual({ ready, raw: ready, open: [], mixedUp });
});

describe('IDs of orders in lists', () => {
	const two = { device_id: ['10', '20'], lpa_str: [A, B] };
	const read = (body: unknown, isUnordered = false) => {
		const push = readPush(body, isUnordered);
		const esims = 'fault' in push ? [] : push.esims;
		return esims.map(({ topupId, deviceId, item, raw }) => {
			expect([item.topup_id, raw.topup_id]).toEqual([topupId, topupId]);
			return [topupId, deviceId, item.lpa_str];
		});
	};

	it.each<[string, unknown]>([
		['as a list', ['1', '2']],
		['as JSON', '["1","2"]'],
		['as text', '1,2'],
		['each in a list', [['1'], ['2']]],
		['in a list in a list', [['1', '2']]],
	])('side by side with the eSIMs belong to them: %s', (_, topup_id) => {
		expect(read({ topup_id, ...two })).toEqual([
			['1', '10', A],
			['2', '20', B],
		]);
	});

	it.each<[string, unknown]>([
		['one for all', ['1', '1']],
		['a hole', ['1', '']],
		['another hole', [null, '1']],
		['one', ['1']],
		['one behind a comma', '1,'],
	])('of one order are that one: %s', (_, topup_id) => {
		expect(read({ topup_id, ...two })).toEqual([
			['1', '10', A],
			['1', '20', B],
		]);
	});

	it.each<[string, unknown]>([
		['more', ['1', '2', '3']],
		['a hole among several', ['1', '', '2']],
		['for one eSIM', { topup_id: ['1', '2'], device_id: '10', lpa_str: A }],
		['with one that can be none', ['1', '<b>']],
	])('that say nothing of an eSIM are refused: %s', (_, given) => {
		const body = Array.isArray(given) ? { topup_id: given, ...two } : given;
		expect(readPush(body)).toMatchObject({ fault: expect.any(String) as string });
	});

	it('whose order is lost are refused', () => {
		expect(readPush({ topup_id: ['1', '2'], ...two }, true)).toMatchObject({
			fault: 'it names more than one order',
		});
		expect(read({ topup_id: ['1', '2'], device_id: ['10', '20'], lpa_str: [A] })).toEqual([]);
	});
});

it('a code of an eSIM that is not named asks for the push again, whoever it belongs to', () => {
	for (const device_id of ['10', ['10'], ['10', '']]) {
		expect(readPush({ topup_id: '1', device_id, lpa_str: [A, B] })).toMatchObject({
			unnamed: [{ topupIds: ['1'], reason: expect.stringMatching(/names no eSIM/) as string }],
		});
	}
});
