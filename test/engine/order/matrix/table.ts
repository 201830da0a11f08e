import type { Seen } from './cell';
import { FAULT_NAMES } from './faults';
import { DEFAULT_NUMBER_SETTINGS, SETTINGS, type Setting } from './settings';

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;

/** One text where all positions agree, otherwise each with its positions. */
function agreed(cells: Seen[], read: (cell: Seen) => string | undefined): string {
	const byText = new Map<string, string[]>();
	for (const cell of cells) {
		const text = read(cell);
		if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), cell.position.name]);
	}
	if (byText.size === 1) return [...byText.keys()][0]!;
	return [...byText].map(([text, positions]) => `${text} (${positions.join(', ')})`).join('<br>');
}

function table(
	seen: Seen[],
	settings: Setting[],
	shopNumber: boolean,
	read: (cell: Seen) => string | undefined,
): string {
	const of = (fault: string, setting: Setting) =>
		seen.filter(
			(cell) =>
				cell.fault.name === fault && cell.setting === setting && cell.shopNumber === shopNumber,
		);
	const played = FAULT_NAMES.filter((fault) => of(fault, settings[0]!).length > 0);
	return [
		row(['', ...settings.map(({ name }) => name)]),
		row(['---', ...settings.map(() => '---')]),
		...played.map((fault) =>
			row([fault, ...settings.map((setting) => agreed(of(fault, setting), read))]),
		),
	].join('\n');
}

/** The tables of docs/order-safety.md. */
export const tablesOf = (seen: Seen[]): string => `
### The item that meets the fault

With the shop's own order number:

${table(seen, SETTINGS, true, ({ verdict }) => verdict)}

With the default number, made from the execution's ID:

${table(seen, DEFAULT_NUMBER_SETTINGS, false, ({ verdict }) => verdict)}

### The items behind it

With the shop's own order number; those before it are always bought and told.

${table(seen, SETTINGS, true, ({ later }) => later)}
`;
