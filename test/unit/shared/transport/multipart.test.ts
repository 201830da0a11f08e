import fc from 'fast-check';

import { multipart } from '../../../../nodes/Microesim/shared/transport/multipart';

/** What a server reads. */
async function read(fields: Array<[string, string]>): Promise<Array<[string, string]>> {
	const { headers, body } = multipart(fields);
	const form = await new Response(body, { headers }).formData();
	return [...form.entries()].map(([name, value]) => [name, value as string]);
}

/** Text that stays what it is in UTF-8. */
const text = fc.string({ unit: 'binary' });

it('arrives as it was given, line breaks as CRLF', async () => {
	const name = fc.stringMatching(/^[a-z_]{1,20}$/);
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(name, text)), async (fields) => {
			const asForm = fields.map(([field, value]) => [field, value.replace(/\r\n|\r|\n/g, '\r\n')]);
			expect(fields.length === 0 ? [] : await read(fields)).toEqual(asForm);
		}),
	);
});

it.each([
	'--',
	'--microesim-',
	'\r\n--',
	'a\nb',
	'',
	' ',
	'"; name="x"',
	'Content-Type: x\r\n\r\n',
])('a value such as %j is a value', async (value) => {
	expect(
		await read([
			['remark', value],
			['number', '1'],
		]),
	).toEqual([
		['remark', value.replace(/\r?\n/g, '\r\n')],
		['number', '1'],
	]);
});

it('separates by another text each time', () => {
	const types = [1, 2, 3].map(() => multipart([['a', 'b']]).headers['Content-Type']);
	expect(new Set(types).size).toBe(3);
});
