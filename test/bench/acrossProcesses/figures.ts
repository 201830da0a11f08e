import type { Outcome } from './trials';

/** Writes a table of Markdown. */
export function writeTable(head: string[], lines: string[][]): void {
	const write = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
	process.stdout.write('\n');
	write(head);
	write(head.map(() => '---'));
	for (const line of lines) write(line);
}

/** In percent. */
export const share = ({ doubles, numbers }: Outcome): string =>
	`${((100 * doubles) / numbers).toFixed(0)} %`;

/** The value below which so much of all values lies. */
export function quantile(values: number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}
