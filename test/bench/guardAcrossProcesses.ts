/**
 * How often two n8n processes both take the same Custom Order Number for new, when they are asked for it so many
 * milliseconds apart. Each child process runs the guard of this package. This process stands for the database
 * between them: as n8n's own store it is read and written in two steps, with no lock.
 *
 *   npx tsx test/bench/guardAcrossProcesses.ts [trials per cell]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Call, type Claim, type Report, monotonicMs } from './guardChild';

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

/** Share of trials in which both took the number for new, in percent. */
async function bothNew([one, other]: ChildProcess[], store: Store, apartMs: number): Promise<number> {
	const workflow = `${store.name} ${apartMs}`;
	const known = Array.from({ length: store.entries }, (_, index) => `${String(index).padStart(22, '0')}==`);
	rows.set(workflow, JSON.stringify(known));
	latencyMs = store.latencyMs;
	let both = 0;
	for (let trial = 0; trial < TRIALS; trial++) {
		const at = monotonicMs() + LEAD_MS;
		const number = `number-${trial}`;
		const answers = await Promise.all([claim(one!, { workflow, number, at }), claim(other!, { workflow, number, at: at + apartMs })]);
		if (answers.every(({ isNew }) => isNew)) both++;
	}
	return (100 * both) / TRIALS;
}

async function main(): Promise<void> {
	const [one, other] = [startChild(), startChild()];
	const write = (cells: unknown[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
	process.stdout.write(`Both processes took the number for new, in percent of ${TRIALS} trials per cell\n\n`);
	write(['', ...APART_MS.map((ms) => (ms === 0 ? 'same moment' : `${ms} ms apart`))]);
	write(['---', ...APART_MS.map(() => '---')]);
	for (const store of STORES) {
		const shares: number[] = [];
		for (const apartMs of APART_MS) shares.push(await bothNew([one, other], store, apartMs));
		write([store.name, ...shares.map((share) => `${share.toFixed(0)} %`)]);
	}
	const [short] = STORES;
	write(['one process', ...(await oneProcess(one, short!)).map((share) => `${share.toFixed(0)} %`)]);
	one.disconnect();
	other.disconnect();
}

/** The same with both claims in one process, whose own lock makes the guard exact. */
async function oneProcess(child: ChildProcess, store: Store): Promise<number[]> {
	const shares: number[] = [];
	for (const apartMs of APART_MS) shares.push(await bothNew([child, child], { ...store, name: 'one process' }, apartMs));
	return shares;
}

void main();
