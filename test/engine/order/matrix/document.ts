import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(__dirname, '../../../../docs/order-safety.md');

const marks = (name: string): [string, string] => [
	`<!-- ${name}: made by its test, see "How it is tested" -->\n`,
	`<!-- end of ${name} -->`,
];

/**
 * The text that docs/order-safety.md has between the two comments of that name. With UPDATE_DOCS=1 it is
 * replaced first.
 */
export function documented(name: string, seen: string): string {
	const text = readFileSync(FILE, 'utf8');
	const [start, end] = marks(name);
	const from = text.indexOf(start) + start.length;
	const to = text.indexOf(end);
	if (from < start.length || to < from)
		throw new Error(`docs/order-safety.md lacks the comments of "${name}"`);
	if (process.env.UPDATE_DOCS !== '1') return text.slice(from, to);
	writeFileSync(FILE, text.slice(0, from) + seen + text.slice(to));
	return seen;
}
