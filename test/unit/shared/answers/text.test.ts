import fc from 'fast-check';

import { cleanText, splitWords, textOrNull } from '../../../../nodes/Microesim/shared/answers/text';

describe('text that a person pasted', () => {
	it('loses outer spaces of every kind', () => {
		expect(cleanText(' \t\r\n\u00a0\u2003\u3000value of it\u00a0\n')).toBe('value of it');
	});

	it.each([
		'\u00ad',
		'\u200b',
		'\u200c',
		'\u200d',
		'\u200e',
		'\u200f',
		'\u202a',
		'\u202c',
		'\u2060',
		'\ufeff',
	])('loses the invisible character %j at either end and inside', (invisible) => {
		expect(cleanText(`${invisible} ${invisible}ab${invisible}cd${invisible}`)).toBe('abcd');
	});

	// Phones put them around numbers and codes that are copied out of chats and contacts.
	it.each(['\u2066', '\u2067', '\u2068', '\u2069', '\u061c'])(
		'loses the invisible direction mark %j',
		(mark) => {
			expect(cleanText(`${mark}9000024081603874${mark}`)).toBe('9000024081603874');
		},
	);

	it('keeps every printable ASCII character', () => {
		const printable = fc.string({
			unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
		});
		fc.assert(fc.property(printable, (text) => expect(cleanText(` ${text} `)).toBe(text)));
	});
});

describe('text of a field', () => {
	it.each([
		['abc', 'abc'],
		[' abc ', 'abc'],
		[0, '0'],
		[5, '5'],
		['0', '0'],
		['000777', '000777'],
		[false, 'false'],
	])('is %j as %j', (value, expected) => {
		expect(textOrNull(value)).toBe(expected);
	});

	it.each(['', '  ', '\n', null, undefined, {}, [], ['a']])('is null for %j', (value) => {
		expect(textOrNull(value)).toBeNull();
	});
});

describe('a list of codes that a person typed', () => {
	it.each([
		['JP, KR', ['JP', 'KR']],
		['JP,KR,', ['JP', 'KR']],
		['JP;KR|TW', ['JP', 'KR', 'TW']],
		[' JP\n\nKR\tTW ', ['JP', 'KR', 'TW']],
		['\u200bJP', ['JP']],
		['', []],
		[' , ; ', []],
	])('%j is %j', (typed, expected) => {
		expect(splitWords(typed)).toEqual(expected);
	});
});
