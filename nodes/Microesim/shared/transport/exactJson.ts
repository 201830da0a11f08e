import { parse } from 'lossless-json';

/**
 * A number of 16 digits and more, or what looks like one within a text: shorter ones are exact. In JSON a number
 * stands at the start, or after a blank or one of these signs.
 */
const LONG_NUMBER = /(?:^|[\s:,[])-?\d{16}/;

/**
 * An order id has 24 digits. Should one ever come as a bare number, JavaScript's own JSON.parse would
 * round it, and the order would be lost: such numbers stay text.
 */
const exactNumber = (digits: string): number | string =>
	/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits);

/** As JSON.parse: an order that was booked is not unclear because a field stands twice. */
const lastOne = (_before: unknown, after: unknown): unknown => after;

/**
 * Reads JSON without losing a digit of a long number. Where there is none, JSON.parse does the work: it is ten times
 * as fast, and a catalogue has 25 megabytes.
 *
 * @param ofTwo what a field holds that stands twice; without it, what stands last
 * @returns the value, with whole numbers beyond 2^53 as text
 * @throws SyntaxError when the text is no JSON
 */
export function parseExactJson(
	text: string,
	ofTwo?: (before: unknown, after: unknown) => unknown,
): unknown {
	const json = text.replace(/^\ufeff/, '');
	if (ofTwo === undefined && !LONG_NUMBER.test(json)) return JSON.parse(json);
	return parse(json, undefined, {
		parseNumber: exactNumber,
		onDuplicateKey: ({ oldValue, newValue }) => (ofTwo ?? lastOne)(oldValue, newValue),
	});
}
