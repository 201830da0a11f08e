import type { IDataObject } from 'n8n-workflow';

import { items, seenError, textOf } from './support/look';
import { look } from './support/picture';
import { useBench } from './support/useBench';

const CODE = 'LPA:1$rsp-eu.simlessly.com$580FFE02FFEE57965B6EECA132DA088D';

const bench = useBench();

afterEach(() => expect(bench.simulator.requests).toEqual([]));

const draw = async (activationCode: string, options: IDataObject = {}, given = {}) =>
	await bench.run('esim', 'getQrCode', { activationCode, options }, given);

it('draws a picture of 400 pixels that a phone reads, black on white with four modules around', async () => {
	const result = await draw(CODE);
	const [item] = result.items();
	expect(item?.json).toEqual({
		lpa_str: CODE,
		sm_dp_address: 'rsp-eu.simlessly.com',
		matching_id: '580FFE02FFEE57965B6EECA132DA088D',
		sm_dp_oid: null,
		confirmation_code_required: false,
	});
	expect(item?.pairedItem).toEqual({ item: 0 });
	expect(item?.binary?.data).toMatchObject({
		mimeType: 'image/png',
		fileName: 'esim.png',
		fileExtension: 'png',
	});
	const picture = look(await result.binary(item));
	expect(picture).toMatchObject({
		width: 400,
		height: 400,
		text: CODE,
		level: 'M',
		otherPixels: 0,
	});
	expect(picture.module % 1).toBe(0);
	expect(Math.min(...picture.margins)).toBeGreaterThanOrEqual(4);
});

it.each(['L', 'M', 'Q', 'H'])('draws with the error correction %s', async (errorCorrection) => {
	const result = await draw(CODE, { errorCorrection });
	expect(look(await result.binary(result.items()[0]))).toMatchObject({
		text: CODE,
		level: errorCorrection,
	});
});

it.each([[100], [101], [499], ['={{ "250" }}']])('draws in the size %s', async (size) => {
	const pixels = size === '={{ "250" }}' ? 250 : size;
	const result = await draw(CODE, { size, errorCorrection: 'L' });
	const picture = look(await result.binary(result.items()[0]));
	expect(picture).toMatchObject({ width: pixels, height: pixels, text: CODE });
	expect(Math.min(...picture.margins)).toBeGreaterThanOrEqual(4);
});

it('draws up to 2000 pixels', async () => {
	const result = await draw(CODE, { size: 2000 });
	const file = await result.binary(result.items()[0]);
	// Width and height stand in the header (PNG specification, 11.2.2).
	expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([2000, 2000]);
});

it('keeps the fields and files of the input where it is asked to', async () => {
	const file = { data: 'aGk=', mimeType: 'text/plain' };
	const input = [{ json: { email: 'a@b.c', lpa_str: 'old' }, binary: { letter: file } }];
	const kept = await draw(CODE, { includeInputFields: true }, { input });
	expect(kept.json()[0]).toMatchObject({ email: 'a@b.c', lpa_str: CODE });
	expect(Object.keys(kept.items()[0]?.binary ?? {})).toEqual(['letter', 'data']);
	const [alone] = (await draw(CODE, {}, { input })).json();
	expect(Object.keys(alone ?? {})).toEqual([
		'lpa_str',
		'sm_dp_address',
		'matching_id',
		'confirmation_code_required',
		'sm_dp_oid',
	]);
});

it.each(['true', '={{ "true" }}', '={{ true }}'])(
	'keeps the fields of the input where that is %j',
	async (includeInputFields) => {
		const input = [{ json: { email: 'a@b.c' } }];
		const kept = await draw(CODE, { includeInputFields }, { input });
		expect(kept.json()[0]).toMatchObject({ email: 'a@b.c' });
	},
);

it('puts the picture in the field and under the name that were asked for', async () => {
	const result = await draw(CODE, { outputField: 'qr', fileName: 'order-1.png' });
	const [item] = result.items();
	expect(Object.keys(item?.binary ?? {})).toEqual(['qr']);
	expect(item?.binary?.qr?.fileName).toBe('order-1.png');
	expect(look(await result.binary(item, 'qr')).text).toBe(CODE);
});

it.each<[string, string, IDataObject]>([
	['without its prefix', '1$smdp.example.com$ABC-123', { matching_id: 'ABC-123' }],
	['with a prefix in small letters', 'lpa:1$smdp.example.com$ABC-123', { matching_id: 'ABC-123' }],
	[
		'with what copying leaves behind',
		' \u200bLPA:1$smdp.example.com$ABC-123\u2060\n',
		{ matching_id: 'ABC-123' },
	],
	['without a matching ID', 'LPA:1$smdp.example.com$', { matching_id: null }],
	[
		'with an OID and a confirmation code',
		'LPA:1$smdp.example.com$ABC$1.3.6.1.4$1',
		{ sm_dp_oid: '1.3.6.1.4', confirmation_code_required: true },
	],
	[
		'with a confirmation code and no OID',
		'LPA:1$smdp.example.com$ABC$$1',
		{ sm_dp_oid: null, confirmation_code_required: true },
	],
])('takes a code %s', async (_name, code, parts) => {
	const result = await draw(code);
	const wanted = `LPA:${code
		.replace(/[^\x20-\x7e]/g, '')
		.trim()
		.replace(/^lpa:/i, '')}`;
	expect(result.json()[0]).toMatchObject({
		lpa_str: wanted,
		sm_dp_address: 'smdp.example.com',
		...parts,
	});
	expect(look(await result.binary(result.items()[0])).text).toBe(wanted);
});

it.each([
	['https://carrier.example/qr.png', 'must look like LPA:1$'],
	['https://carrier.example/$/qr.png', 'must begin with "LPA:1$"'],
	['LPA:2$smdp.example.com$ABC', 'must begin with "LPA:1$", but its first part is "2"'],
	['LPA:', 'it is empty'],
	['LPA:1$smdp.example.com', 'too few parts'],
	['LPA:1$$ABC', 'SM-DP+ address "" is not a host name'],
	['LPA:1$localhost$ABC', 'SM-DP+ address "localhost" is not a host name'],
	['LPA:1$smdp example.com$ABC', 'SM-DP+ address "smdp example.com" is not a host name'],
	['LPA:1$smdp.example.com$AB C', 'matching id may hold only letters, digits and "-"'],
	['LPA:1$smdp.example.com$ABC$x', 'OID "x" must be numbers'],
	['LPA:1$smdp.example.com$ABC$$2', 'must be "1" or missing, not "2"'],
	['LPA:1$smdp.example.com$ABC$$1$', 'has 6 parts'],
])('refuses %s and names the part that is wrong', async (code, message) => {
	const error = seenError(await draw(code));
	expect(error.message).toContain('"Activation Code" cannot be used');
	expect(error.message).toContain(message);
	expect(error.message).toContain('[item 0]');
});

it.each<[IDataObject, string]>([
	[{ size: 99 }, '"Size" must be a whole number from 100 to 2000'],
	[{ size: 2001 }, '"Size" must be a whole number'],
	[{ errorCorrection: 'X' }, '"Error Correction" must be one of L, M, Q, H, but is "X"'],
])('refuses the options %j', async (options, message) => {
	expect(seenError(await draw(CODE, options)).message).toContain(message);
});

it('says which size a long code needs', async () => {
	const long = `LPA:1$smdp.example.com$${'aB3-'.repeat(150)}`;
	const error = seenError(await draw(long, { size: 100, errorCorrection: 'H' }));
	expect(error.message).toMatch(/needs at least \d+ pixels per side, but "Size" is 100/);
});

it('says that a code does not fit a QR code at all', async () => {
	const error = seenError(await draw(`LPA:1$smdp.example.com$${'A'.repeat(5000)}`, { size: 2000 }));
	expect(error.message).toContain('cannot hold 5023 characters');
});

it('draws one picture for each item and names the item that it cannot draw', async () => {
	const codes = ['LPA:1$a.example.com$ONE', 'LPA:1$b.example.com$TWO', 'nonsense'];
	const result = await draw(
		'={{ $json.value }}',
		{},
		{ input: items(...codes), onError: 'continueRegularOutput' },
	);
	const [one, two, bad] = result.items();
	expect(look(await result.binary(one)).text).toBe(codes[0]);
	expect(look(await result.binary(two)).text).toBe(codes[1]);
	expect(textOf(bad?.json, 'error')).toContain('[item 2]');
	expect([one, two, bad].map((item) => item?.pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
});
