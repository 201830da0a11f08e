/**
 * Loading the built package as n8n does at its start (all nodes and the credential), against an empty node: each
 * time in a process of its own, in which n8n-workflow is loaded already.
 *
 *   npm run bench -- loading [processes]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBuilt } from '../../scripts/lib/tools.mjs';
import { emptyNode } from './loading/emptyPackage';
import { figuresOf, inWords } from './support/figures';
import { paired } from './support/paired';
import { report } from './support/report';

const PROCESSES = Number(process.argv[2] ?? 15);
const MOST_MS = 35;
const NAMES = ['microesim', 'microesimTrigger', 'microesimWatchTrigger', 'microesimApi'];
const root = join(__dirname, '../..');

interface Loaded {
	milliseconds: number;
	bytes: number;
	names: string[];
}

async function load(files: string[], expected: string[]): Promise<Loaded> {
	const child = join(__dirname, 'loading/child.cjs');
	const args = ['--expose-gc', child, require.resolve('n8n-workflow'), ...files];
	const loaded = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Loaded;
	if (loaded.names.join() !== expected.join()) throw new Error(`Loaded ${loaded.names.join()}`);
	return loaded;
}

function filesOfPackage(): string[] {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	return [...n8n.nodes, ...n8n.credentials].map((file) => join(root, file));
}

async function main(): Promise<void> {
	await ensureBuilt();
	const folder = mkdtempSync(join(tmpdir(), 'microesim-loading-'));
	const [files, empty] = [filesOfPackage(), [emptyNode(folder)]];
	const { ours, theirs } = await paired(
		{
			ours: async () => await load(files, NAMES),
			theirs: async () => await load(empty, ['empty']),
		},
		PROCESSES,
	);
	rmSync(folder, { recursive: true });
	const time = (all: Loaded[]) => figuresOf(all.map(({ milliseconds }) => milliseconds));
	const memory = (all: Loaded[]) => figuresOf(all.map(({ bytes }) => bytes / 2 ** 20));
	const more = time(ours).median - time(theirs).median;
	report({
		work: `Loading the built package: all nodes and the credential, median of ${PROCESSES} processes`,
		against: 'loading an empty node',
		measured: `${more.toFixed(1)} ms more: ${inWords(time(ours), 'ms', 1)} to ${inWords(time(theirs), 'ms', 1)}; ${inWords(memory(ours), 'MB')} to ${inWords(memory(theirs), 'MB')}`,
		target: `≤ ${MOST_MS} ms more`,
		reached: more <= MOST_MS,
	});
}

void main();
