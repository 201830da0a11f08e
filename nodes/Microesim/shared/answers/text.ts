import { cleanText } from '../../../../credentials/shared/cleanText';

export { cleanText };

/** Text of a field, or null where the API left it empty: "", null or not there. */
export function textOrNull(value: unknown): string | null {
	if (value === null || value === undefined || typeof value === 'object') return null;
	return asText(value).trim() || null;
}

/** Any value as text, to be shown or compared: objects and lists as JSON, never "[object Object]". */
export function asText(value: unknown): string {
	const hasWordsOfItsOwn = typeof value !== 'object' || value === null || value instanceof Date;
	return hasWordsOfItsOwn ? String(value as string | Date) : JSON.stringify(value);
}

/**
 * What a person or an expression put into a text field.
 *
 * @returns the text, trimmed of what copying leaves behind; a number as its digits, nothing as ""; undefined where
 *   it is no text at all
 */
export function fieldText(value: unknown): string | undefined {
	if (value === null || value === undefined) return '';
	const isText = typeof value === 'string' || Number.isFinite(value);
	return isText ? cleanText(asText(value)) : undefined;
}

/** An address as it may be shown: its query can hold a secret. */
export const withoutQuery = (address: string): string => address.replace(/[?#].*$/, '');

/** Words separated by commas, semicolons or spaces, as people type lists of codes. */
export const splitWords = (value: string): string[] =>
	cleanText(value)
		.split(/[\s,;|]+/)
		.filter((word) => word !== '');
