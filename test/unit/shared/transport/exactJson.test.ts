import fc from 'fast-check';

import { parseExactJson } from '../../../../nodes/Microesim/shared/transport/exactJson';

/** The careful reader alone: naming what a doubled field holds asks for it. */
const carefully = (text: string) => parseExactJson(text, (_before, after) => after);

/** What a reader makes of a text, with the names and their order, or that it takes it for no JSON. */
function outcomeOf(read: (text: string) => unknown, text: string): string {
	let value: unknown;
	try {
		value = read(text);
	} catch (error) {
		return (error as Error).name;
	}
	return shown(value);
}

/** JSON.stringify hides -0, Infinity and what is inherited. */
function shown(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
	if (typeof value !== 'object' || value === null)
		return `${typeof value} ${Object.is(value, -0) ? '-0' : JSON.stringify(value)} ${String(value as number)}`;
	const prototype = Object.getPrototypeOf(value) === Object.prototype ? '' : 'another prototype ';
	const fields = Object.getOwnPropertyNames(value).map(
		(name) =>
			`${JSON.stringify(name)}:${shown(Object.getOwnPropertyDescriptor(value, name)!.value)}`,
	);
	return `{${prototype}${fields.join()}}`;
}

const digits = (min: number, max: number) =>
	fc
		.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })
		.map((text) => text.replace(/^0+(?=\d)/, ''));
const number = fc
	.tuple(
		fc.constantFrom('', '-'),
		fc.oneof(digits(1, 3), digits(14, 18), digits(20, 40)),
		fc.constantFrom('', '', '.0', '.5', '.12345678901234567', 'e3', 'E-400', 'e400', '.1e+21'),
	)
	.map((parts) => parts.join(''));
const name = fc.oneof(
	fc.constantFrom('a', 'b', '2', '1', '', '__proto__', 'constructor', 'toString', 'topup_id'),
	fc.string({ unit: 'binary', maxLength: 5 }),
);
const blank = fc.constantFrom('', '', ' ', '\n', '\t', ' \r\n ');
const text = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 8 }),
	digits(15, 25),
	fc.constantFrom(
		': 12345678901234567890',
		',9007199254740993',
		'[1234567890123456',
		'"',
		'\\',
		'\ud800',
	),
);

/** JSON as a text, with blanks, doubled and odd names, and numbers of every length. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
	json: fc
		.tuple(
			blank,
			fc.oneof(
				{ maxDepth: 4 },
				number,
				text.map((value) => JSON.stringify(value)),
				fc.constantFrom('true', 'false', 'null', '"\\u005f_proto__"'),
				tie('list'),
				tie('object'),
			),
			blank,
		)
		.map((parts) => parts.join('')),
	list: fc.array(tie('json'), { maxLength: 4 }).map((entries) => `[${entries.join()}]`),
	object: fc
		.array(fc.tuple(name, blank, tie('json')), { maxLength: 5 })
		.map(
			(fields) => `{${fields.map(([key, gap, value]) => `${JSON.stringify(key)}${gap}:${value}`)}}`,
		),
}));

describe('the fast way to read JSON', () => {
	it('comes to the same as the careful one', () => {
		fc.assert(
			fc.property(json, (written) => {
				expect(outcomeOf(parseExactJson, written)).toBe(outcomeOf(carefully, written));
			}),
			{ numRuns: 3000 },
		);
	});

	it('comes to the same where a character is lost, doubled or another one', () => {
		const change = fc.tuple(
			fc.nat(),
			fc.constantFrom('', '0', '9'.repeat(17), ...'{}[]":,-.eE\\\t'),
		);
		fc.assert(
			fc.property(json, change, (written, [at, put]) => {
				const place = at % (written.length + 1);
				const broken = written.slice(0, place) + put + written.slice(place + 1);
				expect(outcomeOf(parseExactJson, broken)).toBe(outcomeOf(carefully, broken));
			}),
			{ numRuns: 3000 },
		);
	});

	it('does not let a field called __proto__ change what an answer inherits', () => {
		const read = parseExactJson('{"__proto__":{"code":1}}') as Record<string, unknown>;
		expect(read.code).toBeUndefined();
		expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
	});

	it('takes an invisible mark at the start as nothing', () => {
		expect(parseExactJson('\ufeff{"a":1}')).toEqual({ a: 1 });
	});
});
