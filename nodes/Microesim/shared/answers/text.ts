import { cleanText } from '../../../../credentials/shared/cleanText';

export { cleanText };

/** Text of a field, or null where the API left it empty: "", null or not there. */
export function textOrNull(value: unknown): string | null {
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'bigint':
		case 'boolean':
			return String(value).trim() || null;
		default:
			return null;
	}
}

/** Any value as text, to be shown or compared: objects and lists as JSON. */
export function asText(value: unknown): string {
	if (typeof value === 'object' && value !== null) return JSON.stringify(value);
	return String(value as string | number | bigint | boolean | null | undefined);
}

/** An address as it may be shown: its query can hold a secret. */
export const withoutQuery = (address: string): string => address.replace(/[?#].*$/, '');

/** Words separated by commas, semicolons or spaces, as people type lists of codes. */
export const splitWords = (value: string): string[] =>
	cleanText(value)
		.split(/[\s,;|]+/)
		.filter((word) => word !== '');
