import { parseArgs } from 'node:util';
import { runMain } from './lib/failure.mjs';
import { readFlags } from './lib/flags.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { runInForeground } from './lib/tools.mjs';
import { N8N_BINARY } from './start/n8n-install.mjs';
import { bringN8n, N8N_PARTS } from './start/parts.mjs';
import { Progress } from './start/progress.mjs';

/**
 * One file of test/bench: what it measures, and the number it takes. One that needs a real n8n is told the Node to
 * run it with, and its start file.
 * @typedef {{ measures: string, number: string, usual: number, nodeFlags?: string[], needsN8n?: boolean }} Bench
 */

/** @type {Record<string, Bench>} by the name of the file */
const BENCHES = {
	guardAcrossProcesses: {
		measures: "how often n8n's processes take one order number for new, on n8n's own store",
		number: 'order numbers per cell',
		usual: 10,
		needsN8n: true,
	},
	pushFlood: {
		measures: 'orders beside a storm of forged pushes, against orders alone',
		number: 'forged pushes',
		usual: 2000,
		nodeFlags: ['--expose-gc'],
	},
	pushMemory: {
		measures: 'a push to a trigger whose memory is full (10,000), against one to a new trigger',
		number: 'pushes',
		usual: 11_000,
	},
	waitForDelivery: {
		measures: 'waiting for many orders together, against one after another',
		number: 'orders',
		usual: 100,
		nodeFlags: ['--expose-gc'],
	},
};

const HELP = `Runs the benches of test/bench one after another: all of them, or those that are named.

  npm run bench -- [<name> [<number>]] …

${Object.entries(BENCHES)
	.map(
		([name, { measures, number, usual }]) =>
			`  ${name.padEnd(22)} ${measures}\n${' '.repeat(25)}number: ${number}, default ${usual}\n`,
	)
	.join('')}
  --help                 this text
`;

/** @typedef {{ name: string, bench: Bench, number: number }} Run */

/**
 * Throws a sentence when a name or a number makes no sense.
 * @param {string[]} args
 * @returns {Run[] | undefined} undefined when help is asked for
 */
function readRuns(args) {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) return undefined;
	/** @type {Run[]} */
	const runs = [];
	for (const word of positionals.length > 0 ? positionals : Object.keys(BENCHES)) {
		const bench = Object.hasOwn(BENCHES, word) ? BENCHES[word] : undefined;
		const last = runs.at(-1);
		if (bench) runs.push({ name: word, bench, number: bench.usual });
		else if (last && /^[1-9]\d*$/.test(word)) last.number = Number(word);
		else if (/^\d/.test(word))
			throw new Error(`"${word}" is no number that a bench could take here`);
		else throw new Error(`There is no bench "${word}"`);
	}
	return runs;
}

/** Brings n8n where it is missing. */
async function n8nArguments() {
	const { binary } = await bringN8n(new Progress(N8N_PARTS));
	return [binary, N8N_BINARY];
}

await runMain(async () => {
	checkNodeVersion();
	const runs = readFlags('npm run bench', () => readRuns(process.argv.slice(2)));
	if (!runs) {
		process.stdout.write(HELP);
		return 0;
	}
	await ensureInstalled({ onText: (text) => process.stderr.write(text) });
	const failed = [];
	for (const { name, bench, number } of runs) {
		process.stdout.write(`\n===== ${name} ${number}\n\n`);
		const file = `test/bench/${name}.ts`;
		const flags = ['--import', 'tsx', ...(bench.nodeFlags ?? [])];
		const args = bench.needsN8n ? await n8nArguments() : [];
		const code = await runInForeground([...flags, file, String(number), ...args]);
		// ended by a signal: whoever ended it wants no other one
		if (code > 128) return code;
		if (code !== 0) failed.push(name);
	}
	if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
	return failed.length === 0 ? 0 : 1;
});
