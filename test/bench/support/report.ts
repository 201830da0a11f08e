import { appendFileSync } from 'node:fs';

/** One line of docs/performance.md. */
export interface Row {
	/** What was done, with its size. */
	work: string;
	/** What it is compared with. */
	against: string;
	/** The ratio first, then the figures behind it with their spread. */
	measured: string;
	/** E.g. "≥ 4 ×". */
	target: string;
	reached: boolean;
	/** Where it falls short: what the limit is, and what shows it. */
	why?: string;
}

/** Where `npm run bench -- --write` collects the rows of all benches: one JSON object a line. */
const collected = process.env.BENCH_ROWS;

/** Prints a row, and hands it to `--write`. */
export function report(row: Row): void {
	const judged = row.reached ? 'reached' : `falls short${row.why ? `: ${row.why}` : ''}`;
	const verdict = isSmoke ? 'not judged in a smoke run' : judged;
	process.stdout.write(
		`${row.work}\n  against ${row.against}: ${row.measured}\n  to reach ${row.target}: ${verdict}\n`,
	);
	if (collected) appendFileSync(collected, `${JSON.stringify(row)}\n`);
}

/** Whether sizes are small and figures mean nothing: only that everything runs is of interest. */
export const isSmoke = process.env.BENCH_SMOKE === '1';
