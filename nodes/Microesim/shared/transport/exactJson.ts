import { parse } from 'lossless-json';

/** Numbers of fewer digits are exact. */
const LONG = 16;

/** Before a number of JSON stands nothing, a blank or one of these. */
const BEFORE_A_NUMBER = /^[\s:,[-]?$/;

/**
 * An order id has 24 digits. Should one ever come as a bare number, JavaScript's own JSON.parse would
 * round it, and the order would be lost: such numbers stay text.
 */
const exactNumber = (digits: string): number | string =>
	/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits);

/** As JSON.parse: an order that was booked is not unclear because a field stands twice. */
const lastOne = (_before: unknown, after: unknown): unknown => after;

/**
 * Reads JSON without losing a digit of a long number. Where there is none, JSON.parse does the work: it is many
 * times as fast, and a catalogue can have many megabytes.
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
	if (ofTwo === undefined && !mayHoldLongNumber(json)) return JSON.parse(json);
	return parse(json, undefined, {
		parseNumber: exactNumber,
		onDuplicateKey: ({ oldValue, newValue }) => (ofTwo ?? lastOne)(oldValue, newValue),
	});
}

/**
 * Whether so many digits stand in a row where a number may stand; within a text they may, too. Only every 16th
 * character is looked at, because 16 digits cannot stand between.
 */
function mayHoldLongNumber(json: string): boolean {
	for (let at = LONG - 1; at < json.length; at += LONG) {
		if (!isDigit(json, at)) continue;
		let start = at;
		while (isDigit(json, start - 1)) start--;
		while (isDigit(json, at)) at++;
		if (at - start >= LONG && BEFORE_A_NUMBER.test(json.charAt(start - 1))) return true;
	}
	return false;
}

/** Before the start and behind the end there is none. */
function isDigit(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code >= 48 && code <= 57;
}
