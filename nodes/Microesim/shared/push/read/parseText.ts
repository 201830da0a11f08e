import { listOf } from '../../answers/shapes';
import { parseExactJson } from '../../transport/exactJson';

/** JSON that holds fields or a list of them, perhaps as the text of another JSON. */
const LOOKS_LIKE_JSON = /^(?:"\s*)?[[{]/;

/** A field that stands twice is a list, as in a form: either may be about another eSIM. */
function collect(): (before: unknown, after: unknown) => unknown {
	const made = new WeakSet<unknown[]>();
	return (before, after) => {
		const list = Array.isArray(before) && made.has(before) ? before : [...listOf(before)];
		made.add(list);
		for (const entry of listOf(after)) list.push(entry);
		return list;
	};
}

/** Whether a text begins like JSON with fields or a list in it. */
export const looksLikeJson = (text: string): boolean => LOOKS_LIKE_JSON.test(text.trimStart());

/**
 * The value of JSON, where a text is JSON with fields or a list in it, also where it was written as JSON twice. Long
 * numbers keep their digits.
 *
 * @returns undefined for any other text
 */
export function jsonIn(text: string): unknown {
	if (!looksLikeJson(text)) return undefined;
	try {
		const value = parseExactJson(text, collect());
		return typeof value === 'string' ? jsonIn(value) : value;
	} catch {
		return undefined;
	}
}

/**
 * Reads the text of a body by what it is, not by what its sender calls it: JSON, or a URL-encoded form.
 *
 * @returns undefined where it is neither
 */
export function parseText(text: string): unknown {
	const json = jsonIn(text);
	if (json !== undefined) return json;
	if (!/^[^<=]+=|^%7b|^%5b/i.test(text)) return undefined;
	const form = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(text.trim())) {
		const values = form.get(name);
		if (values) values.push(value);
		else form.set(name, [value]);
	}
	return Object.fromEntries(
		[...form].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}
