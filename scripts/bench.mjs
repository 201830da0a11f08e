import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHES } from './bench/list.mjs';
import { readRows, writePerformance } from './bench/performance.mjs';
import { withRealN8n } from './e2e/setup.mjs';
import { runMain } from './lib/failure.mjs';
import { readFlags } from './lib/flags.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { runInForeground } from './lib/tools.mjs';
import { n8nOf } from './start/n8n-install.mjs';
import { bringN8n, N8N_PARTS } from './start/parts.mjs';
import { Progress } from './start/progress.mjs';

const HELP = `Runs the benches of test/bench one after another: all of them, or those that are named.

  npm run bench -- [<name> [<number>]] … [--write] [--smoke]

${Object.entries(BENCHES)
	.map(
		([name, { measures, number, usual }]) =>
			`  ${name.padEnd(22)} ${measures}\n${' '.repeat(25)}number: ${number}, default ${usual}\n`,
	)
	.join('')}
  --write                makes docs/performance.md from what was measured, or the parts of these benches
  --smoke                small numbers, once: only shows that everything runs, and that results are right
  --help                 this text
`;

/** @typedef {{ name: string, bench: import('./bench/list.mjs').Bench, number: number }} Run */

/**
 * Throws a sentence when a name or a number makes no sense.
 * @param {string[]} args
 * @returns {{ runs: Run[], write: boolean, smoke: boolean } | undefined} undefined when help is asked for
 */
function readRuns(args) {
	const flag = /** @type {const} */ ({ type: 'boolean', default: false });
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { help: { ...flag, short: 'h' }, write: flag, smoke: flag },
	});
	const { help, write, smoke } = values;
	if (help) return undefined;
	if (write && smoke) throw new Error('A smoke run measures nothing that could be written');
	/** @type {Run[]} */
	const runs = [];
	for (const word of positionals.length > 0 ? positionals : Object.keys(BENCHES)) {
		const bench = Object.hasOwn(BENCHES, word) ? BENCHES[word] : undefined;
		const last = runs.at(-1);
		if (bench) runs.push({ name: word, bench, number: smoke ? bench.small : bench.usual });
		else if (last && /^[1-9]\d*$/.test(word)) last.number = Number(word);
		else if (/^\d/.test(word))
			throw new Error(`"${word}" is no number that a bench could take here`);
		else throw new Error(`There is no bench "${word}"`);
	}
	return { runs, write, smoke };
}

/** Brings n8n where it is missing. */
async function n8nArguments() {
	const { binary } = await bringN8n(new Progress(N8N_PARTS));
	return [binary, n8nOf().binary];
}

/** @param {Run} run @param {Record<string, string>} env @returns {Promise<number>} its exit code */
async function runBench({ name, bench, number }, env) {
	process.stdout.write(`\n===== ${name} ${number}\n\n`);
	const flags = ['--import', 'tsx', ...(bench.nodeFlags ?? [])];
	const args = bench.needs === "n8n's files" ? await n8nArguments() : [];
	const command = [...flags, `test/bench/${name}.ts`, String(number), ...args];
	const run = async () => await runInForeground(command, { ...process.env, ...env });
	return bench.needs === 'real n8n' ? await withRealN8n(n8nOf(), run) : await run();
}

/**
 * What is run side by side: in a smoke run, whose times nobody reads, those that need n8n beside all others.
 * @param {{ runs: Run[], smoke: boolean }} asked
 */
function lanesOf({ runs, smoke }) {
	if (!smoke) return [runs];
	return [runs.filter(({ bench }) => bench.needs), runs.filter(({ bench }) => !bench.needs)];
}

await runMain(async () => {
	checkNodeVersion();
	const asked = readFlags('npm run bench', () => readRuns(process.argv.slice(2)));
	if (!asked) {
		process.stdout.write(HELP);
		return 0;
	}
	await ensureInstalled({ onText: (text) => process.stderr.write(text) });
	const folder = mkdtempSync(join(tmpdir(), 'microesim-bench-'));
	const rowsOf = new Map();
	/** @type {string[]} */
	const failed = [];
	/** @param {Run[]} runs @returns {Promise<number>} the exit code of one that was ended by a signal, or 0 */
	const runAll = async (runs) => {
		for (const run of runs) {
			const rows = join(folder, run.name);
			writeFileSync(rows, '');
			const code = await runBench(run, { BENCH_ROWS: rows, BENCH_SMOKE: asked.smoke ? '1' : '' });
			// whoever ended it wants no other one
			if (code > 128) return code;
			if (code === 0) rowsOf.set(run.name, readRows(rows));
			else failed.push(run.name);
		}
		return 0;
	};
	try {
		const ended = await Promise.all(lanesOf(asked).map(runAll));
		if (Math.max(...ended) > 0) return Math.max(...ended);
		if (asked.write) writePerformance(rowsOf);
	} finally {
		rmSync(folder, { recursive: true });
	}
	if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
	return failed.length === 0 ? 0 : 1;
});
