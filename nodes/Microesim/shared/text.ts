/** Characters that come along when people copy from web pages and mails, and that nobody sees. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Trims a value that a person pasted: outer spaces of every kind and invisible characters anywhere. */
export const cleanText = (value: string): string => value.replace(INVISIBLE, '').trim();

/** Text of a field, or null where the API left it empty: "", null or not there. */
export function textOrNull(value: unknown): string | null {
	if (value === null || value === undefined || typeof value === 'object') return null;
	const text = String(value).trim();
	return text === '' ? null : text;
}

/** Words separated by commas, semicolons or spaces, as people type lists of codes. */
export const splitWords = (value: string): string[] =>
	cleanText(value)
		.split(/[\s,;|]+/)
		.filter((word) => word !== '');
