import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inProject } from '../lib/paths.mjs';

/** @typedef {import('../../test/bench/support/report.ts').Row} Row */

const FILE = 'docs/performance.md';

/** The rows that benches wrote: one JSON object a line. @param {string} file @returns {Row[]} */
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

/**
 * Writes docs/performance.md.
 * @param {Row[]} rows in the sequence of the benches
 * @param {string} command what made them
 */
export function writePerformance(rows, command) {
	const [{ model = 'unknown processor' } = {}] = cpus();
	const machine = `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
	const text = `# How fast it is

Each line compares the node with what a user would build without it, in one run on one machine, in turns. Ratios count: the figures behind them are medians, with the least and the most in brackets. \`${command}\` printed these on ${new Date().toISOString().slice(0, 10)}, on ${machine}.

| Work | Against | Measured | To reach | Reached |
| --- | --- | --- | --- | --- |
${rows.map(lineOf).join('\n')}

The flows made by hand are the files of \`test/bench/by-hand/\`; what is timed is checked, too. \`npm run bench -- --help\` lists the benches. Benches run alone: what else the machine does shows in their spread.
`;
	writeFileSync(inProject(FILE), text);
	process.stdout.write(`\nWrote ${FILE}\n`);
}
