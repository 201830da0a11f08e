/**
 * How often two n8n processes both take the same Custom Order Number for new, when they are asked for it so many
 * milliseconds apart; and how often, asked for different numbers, one overwrites the record of the other. Each child process runs the guard of this package. This process stands for the database
 * between them: as n8n's own store it is read and written in two steps, with no lock.
 *
 *   npm run bench -- guardAcrossProcesses [trials per cell]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Call, type Claim, type Report, hash, monotonicMs } from './guardChild';

const TRIALS = Number(process.argv[2] ?? 100);
const APART_MS = [0, 1, 2, 5, 10, 20, 50];
/** Time for both children to get ready before the moment comes. */
const LEAD_MS = 15;

interface Store {
	name: string;
	/** Numbers that are in it already. */
	entries: number;
	/** What each way to the database costs, besides the way between processes itself. */
	latencyMs: number;
}

const STORES: Store[] = [
	{ name: 'database beside n8n, 100 numbers', entries: 100, latencyMs: 0 },
	{ name: 'database beside n8n, 10,000 numbers', entries: 10_000, latencyMs: 0 },
	{ name: 'database 2 ms away, 100 numbers', entries: 100, latencyMs: 2 },
	{ name: 'database 2 ms away, 10,000 numbers', entries: 10_000, latencyMs: 2 },
];

const rows = new Map<string, string>();
let latencyMs = 0;
const reports = new Map<string, (report: Report) => void>();
let trials = 0;

function startChild(): ChildProcess {
	const child = fork(join(__dirname, 'guardChild.ts'));
	child.on('message', (message: Call | Report) => {
		if ('isNew' in message) return reports.get(message.claim)?.(message);
		void answer(child, message);
	});
	return child;
}

async function answer(child: ChildProcess, { id, key, row }: Call): Promise<void> {
	if (latencyMs > 0) await sleep(latencyMs);
	if (row !== undefined) rows.set(key, row);
	child.send({ id, row: rows.get(key) ?? null });
}

async function claim(child: ChildProcess, claimed: Omit<Claim, 'claim'>): Promise<Report> {
	const name = `claim-${++trials}`;
	return await new Promise((resolve) => {
		reports.set(name, resolve);
		child.send({ ...claimed, claim: name } satisfies Claim);
	});
}

type Gap = 'both' | 'overwritten';

/** Share of trials in which it happened, in percent. */
async function share(
	gap: Gap,
	[one, other]: ChildProcess[],
	store: Store,
	apartMs: number,
): Promise<number> {
	const workflow = `${gap} ${store.name} ${apartMs}`;
	const known = Array.from(
		{ length: store.entries },
		(_, index) => `${String(index).padStart(22, '0')}==`,
	);
	rows.set(workflow, JSON.stringify(known));
	latencyMs = store.latencyMs;
	let happened = 0;
	for (let trial = 0; trial < TRIALS; trial++) {
		const at = monotonicMs() + LEAD_MS;
		const numbers = gap === 'both' ? [`${trial}`, `${trial}`] : [`${trial} a`, `${trial} b`];
		const answers = await Promise.all([
			claim(one!, { workflow, number: numbers[0]!, at }),
			claim(other!, { workflow, number: numbers[1]!, at: at + apartMs }),
		]);
		const kept = JSON.parse(rows.get(workflow)!) as string[];
		const is =
			gap === 'both'
				? answers.every(({ isNew }) => isNew)
				: numbers.some((number) => !kept.includes(hash(number)));
		if (is) happened++;
	}
	return (100 * happened) / TRIALS;
}

async function table(gap: Gap, children: ChildProcess[]): Promise<void> {
	const write = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
	write(['', ...APART_MS.map((ms) => (ms === 0 ? 'same moment' : `${ms} ms apart`))]);
	write(['---', ...APART_MS.map(() => '---')]);
	const line = async (store: Store, asked: ChildProcess[]) => {
		const shares: number[] = [];
		for (const apartMs of APART_MS) shares.push(await share(gap, asked, store, apartMs));
		write([store.name, ...shares.map((percent) => `${percent.toFixed(0)} %`)]);
	};
	for (const store of STORES) await line(store, children);
	await line({ ...STORES[0]!, name: 'one process' }, [children[0]!, children[0]!]);
}

async function main(): Promise<void> {
	const children = [startChild(), startChild()];
	process.stdout.write(
		`In percent of ${TRIALS} trials per cell\n\nBoth processes took the same number for new:\n\n`,
	);
	await table('both', children);
	process.stdout.write(
		'\nOf two different numbers, one was gone from the database afterwards:\n\n',
	);
	await table('overwritten', children);
	for (const child of children) child.disconnect();
}

void main();
