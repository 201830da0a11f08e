import { readFileSync, writeFileSync } from 'node:fs';
import { inProject } from '../lib/paths.mjs';

/** @typedef {import('./jobs.mjs').Job} Job */
/** @typedef {{ job: Job, sums: import('../lib/jest.mjs').Sums }} Seen */

const FILE = 'docs/compatibility.md';
const START = '<!-- made by npm run test:compat -- --write -->\n';
const END = '<!-- end of what it made -->';
const HEAD = `| What of n8n | Version | Node | Tests | Command | Date |
| --- | --- | --- | --- | --- | --- |
`;

/** What a line begins with, by which it is found again. @param {Job} job */
const startOf = ({ part, version }) => `| ${part} | ${version} |`;

/** @param {Seen} seen */
function lineOf({ job, sums: { passed, failed, skipped } }) {
	const tests = [
		`${passed} passed`,
		...(failed > 0 ? [`**${failed} failed**`] : []),
		...(skipped > 0 ? [`${skipped} of newer n8n left out`] : []),
	];
	const today = new Date().toISOString().slice(0, 10);
	return `${startOf(job)} ${job.node} | ${tests.join(', ')} | \`${job.command}\` | ${today} |`;
}

/**
 * Writes what was run into the table of docs/compatibility.md; lines of what was not run now stay as they are, and go
 * with their version.
 * @param {Seen[]} seen
 * @param {Job[]} jobs all there are, in order
 */
export function writeTable(seen, jobs) {
	const file = inProject(FILE);
	const text = readFileSync(file, 'utf8');
	const from = text.indexOf(START) + START.length;
	const to = text.indexOf(END);
	const lines = [...seen.map(lineOf), ...text.slice(from, to).split('\n')];
	const table = jobs.flatMap((job) => lines.find((line) => line.startsWith(startOf(job))) ?? []);
	const made = HEAD + table.map((line) => `${line}\n`).join('');
	writeFileSync(file, text.slice(0, from) + made + text.slice(to));
	console.log(`\nWrote ${FILE}`);
}
