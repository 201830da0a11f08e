import { parseText } from '../../../../nodes/Microesim/shared/push/read/parseText';
import { readPush } from '../../../../nodes/Microesim/shared/push/read/readPush';

/** Bodies of 256 KB whose reading would take time or memory by the square of their size. */

const CODE = 'LPA:1$smdp.example.com$A';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

it('a name that comes 60,000 times is read', () => {
	const read = parseText('a=1&'.repeat(60_000)) as Record<string, unknown[]>;
	expect(read.a).toHaveLength(60_000);
});

it.each(['', '"', 'a='])(
	'256 KB of blanks before what is no JSON are read at once (%s)',
	(before) => {
		const blanks = `${before}${' '.repeat(256 * 1024)}x`;
		expect(readPush(parseText(blanks))).toMatchObject({ fault: 'it names no order (topup_id)' });
		expect(readPush({ a: blanks })).toMatchObject({ fault: 'it names no order (topup_id)' });
	},
);

it.each([
	['entries', JSON.stringify(Array(60_000).fill('['))],
	['entries that end like JSON', JSON.stringify(Array(30_000).fill('[]x]'))],
	['fields', JSON.stringify(Object.fromEntries(numbers(20_000).map((index) => [index, '{'])))],
	['names', JSON.stringify(Object.fromEntries(numbers(20_000).map((index) => [`[${index}`, 1])))],
])('texts that begin like JSON and are none are not all tried: %s', (_, text) => {
	expect(readPush(parseText(text))).toMatchObject({ fault: 'it has too many fields' });
});

it.each([
	['a matching id that is none at its end', { lpa_str: `${CODE}${'a'.repeat(240_000)}!` }],
	['a code of empty parts', { lpa_str: `LPA:1$a${'$'.repeat(240_000)}x` }],
	[
		'a code that a link is compared with again and again',
		{ lpa_str: `LPA:1$a${'$'.repeat(75_000)}`, qrcode: `https://x/${'LPA:1$a/'.repeat(15_000)}` },
	],
])('one long field costs no more than it is long: %s', (_, fields) => {
	expect(readPush({ topup_id: '1', device_id: '1', ...fields })).toMatchObject({
		fault: expect.stringMatching(/can be none/) as string,
	});
});

it('a picture that is none at its end, and a field that stands thousands of times, are read at once', () => {
	const qrcode = `data:image/png;base64,${' '.repeat(240_000)}==x`;
	const push = readPush({ topup_id: '1', device_id: '1', lpa_str: CODE, qrcode });
	expect(push).toMatchObject({ esims: [{ leftOut: ['qrcode'] }] });
	const twice = numbers(24_000).map((index) => `"a":${index}`);
	const read = parseText(`{${twice.join()},"a":[1]}`) as Record<string, unknown[]>;
	expect(read.a).toHaveLength(24_001);
});

it.each(['create_time', 'number', 'success_number'])(
	'a long %s is not read again for each of many eSIMs',
	(field) => {
		const long = { topup_id: '1', [field]: ' 1'.repeat(100_000) };
		const fault = 'it has too many fields';
		const lists = { device_id: numbers(900), lpa_str: numbers(900).map((index) => CODE + index) };
		expect(readPush({ ...long, ...lists })).toMatchObject({ fault });
		const data = numbers(900).map((device_id) => ({ device_id, lpa_str: CODE + device_id }));
		expect(readPush({ ...long, data })).toMatchObject({ fault });
	},
);

it('many lists of eSIMs are counted while they are read', () => {
	const lists = numbers(120).map(() => ({ device_id: numbers(1000) }));
	expect(readPush({ topup_id: '1', lists })).toMatchObject({
		fault: expect.stringMatching(/more than 1000/) as string,
	});
});

it.each([
	['a text', `["${'a","'.repeat(20_000)}`],
	['a list', Array(20_000).fill('1')],
])('a long ID of an order is not read again for each of its eSIMs: %s', (_, topup_id) => {
	const data = numbers(900).map((device_id) => ({ device_id, lpa_str: CODE }));
	expect(readPush({ topup_id, data })).toMatchObject({ fault: 'it has too many fields' });
});

it('many eSIMs with many other fields are refused, not multiplied', () => {
	const junk = Object.fromEntries(numbers(20_000).map((index) => [`a${index}`, 1]));
	const ids = numbers(1000).map(String);
	const push = readPush({ topup_id: '1', device_id: ids, lpa_str: ids.map(() => CODE), ...junk });
	expect(push).toMatchObject({ fault: 'it has too many fields' });
});

it('many objects inside many fields are refused, not multiplied', () => {
	const junk = Object.fromEntries(numbers(20_000).map((index) => [`a${index}`, 1]));
	const objects = numbers(3000).map((index) => ({ device_id: index, lpa_str: CODE }));
	for (const data of [objects, [[objects.slice(0, 50)], [objects.slice(0, 50)]]]) {
		expect(readPush({ topup_id: '1', ...junk, data })).toMatchObject({
			fault: 'it has too many fields',
		});
	}
});

it.each([
	['lists', { topup_id: '1', device_id: numbers(1001), lpa_str: numbers(1001).map(() => CODE) }],
	['objects', numbers(1001).map((index) => ({ topup_id: '1', device_id: index, lpa_str: CODE }))],
	[
		'lists in objects',
		numbers(11).map((order) => ({
			topup_id: order,
			device_id: numbers(100),
			lpa_str: numbers(100).map(() => CODE),
		})),
	],
])('more than 1,000 eSIMs are refused: %s', (_, body) => {
	expect(readPush(body)).toMatchObject({
		fault: expect.stringMatching(/more than 1000/) as string,
	});
});

it('1,000 eSIMs with the fields that MicroeSIM sends are read', () => {
	const each = (of: (index: number) => string) => numbers(1000).map(of);
	const push = readPush({
		topup_id: '202308161431187762753800',
		device_id: each(String),
		lpa_str: each((index) => `${CODE}${index}`),
		qrcode: each((index) => `https://files.example/${index}`),
		ios_esim_install_link: each(() => ''),
		android_esim_install_link: each(() => ''),
		msisdn: each(String),
		cf_code: each(() => ''),
		number: '1000',
	});
	if ('fault' in push) throw new Error(push.fault);
	expect(push.esims).toHaveLength(1000);
	expect(push.esims[999]!.item).toMatchObject({
		device_id: '999',
		msisdn: '999',
		lpa_str: `${CODE}999`,
	});
});
