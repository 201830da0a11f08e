import { documented, isUpdating } from '../../documented';
import { inWhole } from '../harness';
import { FLAT, judged, quarters, type Life } from './memory';
import { say } from './support';

const isWhole = inWhole(1, 0) === 1;

/** What a run came to: what was counted, and how much. */
export type Figures = Array<[what: string, count: number | string]>;

/**
 * Prints what a run came to. Of a whole run it goes into docs/scaling.md with UPDATE_DOCS=1, and no process may hold
 * more and more memory; a short one is over before that could be seen.
 *
 * @param name of the place in the document
 * @param lives what the processes held meanwhile, where that is judged
 */
export function tellFigures(name: string, figures: Figures, lives?: Life[]): void {
	const long = judged(lives ?? []);
	const memory = lives ? `\n${table(HEADS, long.map(memoryOf))}` : '';
	const text = `${table(['What', 'How many'], figures)}${memory}`;
	say(text);
	if (!isWhole) return;
	if (isUpdating) documented('scaling.md', name, `\n${text}\n`);
	if (!lives) return;
	expect(long.length).toBeGreaterThan(0);
	expect(long.filter((life) => quarters(life).heap.ratio > FLAT).map(memoryOf)).toEqual([]);
}

const HEADS = ['Process', 'Heap, second quarter', 'Heap, last quarter', 'Ratio', 'In memory, both'];

const megabytes = (value: number | undefined) =>
	value === undefined ? 'not told here' : `${value.toFixed(0)} MB`;

function memoryOf(life: Life): string[] {
	const { heap, all } = quarters(life);
	return [
		life.name,
		megabytes(heap.second),
		megabytes(heap.last),
		heap.ratio.toFixed(2),
		[all.second, all.last].map(megabytes).join(', '),
	];
}

const table = (heads: string[], rows: Array<Array<string | number>>): string =>
	[heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
