/**
 * How often several processes of n8n all take the same Custom Order Number for new, on n8n's own store in PostgreSQL
 * and SQLite: as the guard of this package keeps numbers, one row for each, and as one list per node, both in one run.
 * Fails when the guard lets a number through twice, or not at all.
 *
 *   npm run bench -- guardAcrossProcesses [numbers per cell]
 */
import {
	makePostgres,
	makeSqlite,
	N8nStarter,
	runTrials,
	sumOf,
	withStore,
	type Database,
	type Outcome,
	type Store,
	type Way,
} from './acrossProcesses';
import { quantile, share, writeTable } from './acrossProcesses/figures';
import { report } from './support/report';

const NUMBERS = Number(process.argv[2] ?? 10);
/** The bench script says where they are. */
const N8N = { node: process.argv[3]!, file: process.argv[4]! };
const APART_MS = [0, 1, 2, 5, 10, 20, 50];
const PROCESSES = [2, 3, 4];
const KEPT = [100, 10_000];
/** What the spread of single claims makes of equal ones. */
const MOST_GROWTH = 1.2;
const WAYS: Way[] = ['list', 'rows'];

/** The cells of one line of the table, of one way. */
interface Line {
	database: string;
	kept: number;
	processes: number;
	way: Way;
	cells: Outcome[];
}

const lines: Line[] = [];
const ofWay = (way: Way, more: Partial<Line> = {}) =>
	lines.filter((line) =>
		Object.entries({ way, ...more }).every(([name, value]) => line[name as keyof Line] === value),
	);
const totalOf = (some: Line[]) => sumOf(some.flatMap(({ cells }) => cells));

/** The lines of a database are measured side by side, cell by cell: what else the machine does meets them all. */
async function measure(database: string, store: Store): Promise<void> {
	const workflows = new Map<string, string>();
	for (const kept of KEPT)
		for (const way of WAYS) workflows.set(`${kept} ${way}`, await store.workflow(way, kept));
	for (const count of PROCESSES) {
		const processes = store.processes.slice(0, count);
		const own = KEPT.flatMap((kept) =>
			WAYS.map((way): Line => ({ database, kept, processes: count, way, cells: [] })),
		);
		lines.push(...own);
		for (const apartMs of APART_MS)
			for (const { kept, way, cells } of own) {
				const workflow = workflows.get(`${kept} ${way}`)!;
				cells.push(await runTrials({ processes, workflow, way, apartMs, numbers: NUMBERS }));
			}
	}
}

const thousands = (value: number) => value.toLocaleString('en-US');

function writeDoubles(): void {
	process.stdout.write(
		`\nBought twice, in percent of ${NUMBERS} numbers per cell: one list per node (as before) → one row per number\n`,
	);
	const before = ofWay('list').map(({ cells, database, kept, processes }) => [
		`${database}, ${thousands(kept)} kept, ${processes} processes`,
		...ofWay('rows', { database, kept, processes })[0]!.cells.map(
			(cell, index) => `${share(cells[index]!)} → ${share(cell)}`,
		),
	]);
	writeTable(['', ...APART_MS.map((ms) => (ms === 0 ? 'same moment' : `${ms} ms apart`))], before);
}

/** Milliseconds of each claim, with few and with many numbers kept. */
const timesOf = (database: string, way: Way) =>
	KEPT.map((kept) => totalOf(ofWay(way, { database, kept })).milliseconds) as [number[], number[]];

const growthOf = ([few, many]: [number[], number[]]) => quantile(many, 0.5) / quantile(few, 0.5);

function writeTimes(databases: string[]): void {
	process.stdout.write('\nTime until a new number may leave, ms: median (95 % are faster than)\n');
	const times = databases.flatMap((database) =>
		WAYS.map((way) => {
			const times = timesOf(database, way);
			const both = (values: number[]) =>
				`${quantile(values, 0.5).toFixed(1)} (${quantile(values, 0.95).toFixed(1)})`;
			const name = way === 'list' ? 'one list per node (as before)' : 'one row per number';
			return [`${database}, ${name}`, ...times.map(both), growthOf(times).toFixed(1)];
		}),
	);
	writeTable(['', ...KEPT.map((kept) => `${thousands(kept)} kept`), 'Ratio'], times);
}

function reportGrowth(databases: string[]): void {
	const [least, most] = KEPT.map(thousands);
	for (const database of databases) {
		const [list, rows] = WAYS.map((way) => growthOf(timesOf(database, way)));
		report({
			work: `Claim of a number, ${most} kept, ${database}`,
			against: `${least} kept`,
			measured: `${rows!.toFixed(2)} × its time (one list per node, as before: ${list!.toFixed(1)} ×)`,
			target: `1 ×, at most ${MOST_GROWTH}`,
			reached: rows! <= MOST_GROWTH,
		});
	}
}

function writeTotal(way: Way, title: string): Outcome {
	const total = totalOf(ofWay(way));
	process.stdout.write(
		`\n${title}: ${total.numbers} numbers, ${total.pairs} pairs of processes, ${total.doubles} bought twice, ${total.nobodies} bought by nobody, ${total.errors.length} claims failed\n`,
	);
	for (const error of new Set(total.errors.slice(0, 20))) process.stdout.write(`  ${error}\n`);
	return total;
}

async function postgres(): Promise<Database[]> {
	try {
		return [await makePostgres(N8N)];
	} catch {
		process.stdout.write(
			'SKIPPED: PostgreSQL. It needs one on port 5432 of this machine, trusting the user postgres.\n',
		);
		return [];
	}
}

async function main(): Promise<void> {
	const starter = new N8nStarter(N8N);
	const databases = [...(await postgres()), makeSqlite()];
	try {
		for (const database of databases)
			await withStore(
				starter,
				database,
				Math.max(...PROCESSES),
				async (store) => await measure(database.name, store),
			);
	} finally {
		starter.close();
	}
	writeDoubles();
	const names = databases.map(({ name }) => name);
	writeTimes(names);
	reportGrowth(names);
	writeTotal('list', 'One list per node');
	const { doubles, nobodies } = writeTotal('rows', 'One row per number');
	const good = doubles === 0 && nobodies === 0;
	process.stdout.write(
		`\n${good ? 'Good' : 'FAILED'}: each number is to be bought exactly once.\n`,
	);
	process.exitCode = good ? 0 : 1;
}

void main();
