import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inProject } from '../lib/paths.mjs';
import { BENCHES } from './list.mjs';

/** @typedef {import('../../test/bench/support/report.ts').Row} Row */

const FILE = 'docs/performance.md';

const HEAD = `# How fast it is

Each line compares the node with what a user would build without it, in one run on one machine, in turns. Ratios count: the figures behind them are medians, with the least and the most in brackets. The flows made by hand are the files of \`test/bench/by-hand/\`; what is timed is checked, too. Benches run alone: what else the machine does shows in their spread.

\`npm run bench -- --write\` makes this document; with names of benches behind it, it makes their parts alone. \`npm run bench -- --help\` says what each does.
`;

/** The rows that a bench wrote: one JSON object a line. @param {string} file @returns {Row[]} */
export const readRows = (file) =>
	readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => /** @type {Row} */ (JSON.parse(line)));

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

/** @param {Row} row */
const lineOf = ({ work, against, measured, target, reached, why }) =>
	`| ${[work, against, measured, target, reached ? 'yes' : `**no**${why ? `: ${why}` : ''}`].map(cell).join(' | ')} |`;

/** @param {string} name @param {Row[]} rows */
function partOf(name, rows) {
	const [{ model = 'unknown processor' } = {}] = cpus();
	const machine = `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
	return `## ${name}

\`npm run bench -- ${name}\`, ${new Date().toISOString().slice(0, 10)}, on ${machine}: ${BENCHES[name]?.measures}.

| Work | Against | Measured | To reach | Reached |
| --- | --- | --- | --- | --- |
${rows.map(lineOf).join('\n')}
`;
}

/** The parts that were written before, by the names of their benches. @param {string} text */
const partsOf = (text) =>
	new Map(
		text
			.split(/^(?=## )/m)
			.slice(1)
			.map((part) => [/^## (.*)/.exec(part)?.[1] ?? '', part]),
	);

/**
 * Writes docs/performance.md: the parts of these benches anew, those of others as they are.
 * @param {Map<string, Row[]>} rowsOf by the names of the benches; one without rows failed, and keeps its part
 */
export function writePerformance(rowsOf) {
	const file = inProject(FILE);
	const parts = partsOf(existsSync(file) ? readFileSync(file, 'utf8') : '');
	for (const [name, rows] of rowsOf) if (rows.length > 0) parts.set(name, partOf(name, rows));
	const inOrder = Object.keys(BENCHES).flatMap((name) => parts.get(name)?.trimEnd() ?? []);
	writeFileSync(file, `${[HEAD.trimEnd(), ...inOrder].join('\n\n')}\n`);
	process.stdout.write(`\nWrote ${FILE}\n`);
}
