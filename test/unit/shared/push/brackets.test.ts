import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { expandBrackets } from '../../../../nodes/Microesim/shared/push/read/brackets';

/** As PHP's http_build_query writes it. */
function write(value: unknown, name: string, form: IDataObject): void {
	if (typeof value !== 'object' || value === null) {
		form[name] = value as string;
		return;
	}
	for (const [inside, entry] of Object.entries(value)) write(entry, `${name}[${inside}]`, form);
}

const word = fc.stringMatching(/^[a-z_]{1,8}$/);
const text = fc.string();
const list = fc.array(text, { minLength: 1, maxLength: 5 });
const shallow = fc.dictionary(word, fc.oneof(text, list), { minKeys: 1, maxKeys: 4 });
const data = fc.dictionary(
	word,
	fc.oneof(text, list, shallow, fc.array(shallow, { minLength: 1 })),
	{
		minKeys: 1,
		maxKeys: 5,
	},
);

describe('names with brackets', () => {
	it('come back as what they were written from', () => {
		fc.assert(
			fc.property(data, (given) => {
				const form: IDataObject = {};
				for (const [name, value] of Object.entries(given)) write(value, name, form);
				expect(expandBrackets(form)).toEqual(given);
			}),
			{ numRuns: 2000 },
		);
	});

	const deep = `a${'[b]'.repeat(12)}`;

	it.each<[string, IDataObject, unknown]>([
		['a name that comes more than once', { 'a[]': ['1', '2'] }, { a: ['1', '2'] }],
		['a list of one', { 'a[]': '1' }, { a: ['1'] }],
		['indexes out of order', { 'a[1]': 'y', 'a[0]': 'x' }, { a: ['x', 'y'] }],
		['an index that is missing', { 'a[2]': 'z' }, { a: [null, null, 'z'] }],
		['a name alone', { a: 'x', b: ['1', '2'] }, { a: 'x', b: ['1', '2'] }],
		['objects in a list', { 'a[0][b]': 'x', 'a[1][b]': 'y' }, { a: [{ b: 'x' }, { b: 'y' }] }],
		['an index beyond all sense', { 'a[999999999]': 'x' }, { a: { 999999999: 'x' } }],
		['brackets that do not close', { 'a[b': 'x', ']': 'y' }, { 'a[b': 'x', ']': 'y' }],
		[
			'dots, as Java and .NET write them',
			{ 'a[0].b': 'x', 'a[1].b': 'y' },
			{ a: [{ b: 'x' }, { b: 'y' }] },
		],
		['dots where a push may be', { 'data.topup_id': 'x' }, { data: { topup_id: 'x' } }],
		['dots that mean nothing', { 'v1.2': 'x' }, { 'v1.2': 'x' }],
		['more levels than any form has', { [deep]: 'x' }, { [deep]: 'x' }],
		['lists of objects, as Rails writes them', { 'a[][b]': ['x', 'y'] }, { a: { b: ['x', 'y'] } }],
		['dots before a field of a push', { 'order.topup_id': 'x' }, { order: { topup_id: 'x' } }],
	])('%s', (_, form, expected) => {
		expect(expandBrackets(form)).toEqual(expected);
	});

	it('cannot reach what every object has', () => {
		const read = expandBrackets({ '__proto__[polluted]': 'x', 'constructor[prototype][y]': 'x' });
		expect(({} as IDataObject).polluted).toBeUndefined();
		expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
	});

	it('do not make long lists of few names', () => {
		const form = Object.fromEntries(
			Array.from({ length: 2000 }, (_, index) => [`a${index}[15][15][15]`, 'x']),
		);
		const sizes = Object.values(expandBrackets(form)).map((value) => (value as unknown[]).length);
		expect(Math.max(...sizes)).toBe(16);
		expect(expandBrackets({ 'a[999]': 'x' }).a).toEqual({ 999: 'x' });
	});
});
