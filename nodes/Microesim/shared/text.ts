import { cleanText } from '../../../credentials/shared/cleanText';

export { cleanText };

/** Text of a field, or null where the API left it empty: "", null or not there. */
export function textOrNull(value: unknown): string | null {
	if (value === null || value === undefined || typeof value === 'object') return null;
	const text = String(value).trim();
	return text === '' ? null : text;
}

/** An address as it may be shown: its query can hold a secret. */
export const withoutQuery = (address: string): string => address.replace(/[?#].*$/, '');

/** Words separated by commas, semicolons or spaces, as people type lists of codes. */
export const splitWords = (value: string): string[] =>
	cleanText(value)
		.split(/[\s,;|]+/)
		.filter((word) => word !== '');
