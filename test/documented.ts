import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const marks = (name: string): [string, string] => [
	`<!-- ${name}: made by its test with UPDATE_DOCS=1 -->\n`,
	`<!-- end of ${name} -->`,
];

/** Whether documents and pictures are made anew, not compared. */
export const isUpdating = process.env.UPDATE_DOCS === '1';

/**
 * The text that a document has between the two comments of that name. With UPDATE_DOCS=1 it is replaced first.
 *
 * @param file in docs/
 */
export function documented(file: string, name: string, seen: string): string {
	const path = join(__dirname, '../docs', file);
	const text = readFileSync(path, 'utf8');
	const [start, end] = marks(name);
	const from = text.indexOf(start) + start.length;
	const to = text.indexOf(end);
	if (from < start.length || to < from)
		throw new Error(`docs/${file} lacks the comments of "${name}"`);
	if (!isUpdating) return text.slice(from, to);
	writeFileSync(path, text.slice(0, from) + seen + text.slice(to));
	return seen;
}
