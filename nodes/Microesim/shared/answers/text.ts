import { cleanText } from '../../../../credentials/shared/cleanText';
import { isObject } from './shapes';

export { cleanText };

/** Text of a field, or null where the API left it empty: "", null or not there. */
export function textOrNull(value: unknown): string | null {
	if (typeof value === 'string') return value.trim() || null;
	if (value === null || value === undefined || typeof value === 'object') return null;
	return asText(value);
}

/** The same, where null may be written as a word, as forms do. */
export function saidOrNull(value: unknown): string | null {
	const text = textOrNull(value);
	return text === 'null' ? null : text;
}

/** Any value as text, to be shown or compared: objects and lists as JSON, never "[object Object]". */
export function asText(value: unknown): string {
	const hasWordsOfItsOwn = typeof value !== 'object' || value === null || value instanceof Date;
	return hasWordsOfItsOwn ? String(value as string | Date) : JSON.stringify(value);
}

/** JavaScript keeps so many digits of a number: IDs are longer. */
const EXACT_DIGITS = 15;

/** A number whose digits are not those that were meant. */
export const isInexact = (value: unknown): boolean =>
	Number.isFinite(value) &&
	!Number.isSafeInteger(value) &&
	(Number.isInteger(value) || asText(value).replace(/\D/g, '').length > EXACT_DIGITS);

/**
 * What a person or an expression put into a text field.
 *
 * @returns the text, trimmed of what copying leaves behind; an exact number as its digits, a date as ISO 8601,
 *   nothing as ""; undefined where it is no text at all
 */
export function fieldText(value: unknown): string | undefined {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return cleanText(value);
	if (Number.isFinite(value)) return isInexact(value) ? undefined : asText(value);
	// A date of n8n ({{ $now }}), or one of JavaScript.
	const date = (isObject(value) ? value : {}) as { toISO?: unknown; toISOString?: unknown };
	const toText = date.toISO ?? date.toISOString;
	if (typeof toText !== 'function' || Number.isNaN(Number(value))) return undefined;
	return asText(toText.call(value));
}

/**
 * What stands in a field, for an error. Of objects and lists only the kind: an activation code or a token can be
 * among their values.
 */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (!isObject(value) || value instanceof Date) return asText(value);
	const names = Object.keys(value).slice(0, 3).join(', ');
	return names === '' ? 'an object' : `an object (${names} …)`;
}

/** An address as it may be shown: its query can hold a secret. */
export const withoutQuery = (address: string): string => address.replace(/[?#].*$/, '');

/** Words separated by commas, semicolons or spaces, as people type lists of codes. */
export const splitWords = (value: string): string[] =>
	cleanText(value)
		.split(/[\s,;|]+/)
		.filter((word) => word !== '');
