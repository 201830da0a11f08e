import { readFileSync } from 'node:fs';

import type { N8nProcess } from '../harness';

/** What one process held, from its start to its end. */
export interface Life {
	/** Which one; a process that was started again has another life. */
	name: string;
	pid: number;
	looks: Look[];
}

/** Megabytes. */
interface Look {
	/** What Node holds for JavaScript: what is in use, and what has not been collected yet. */
	heap: number;
	/** All that the process has in memory; only Linux tells it by a file. */
	all: number | undefined;
}

/** Looks at processes at regular times. */
export interface Watch {
	lives: Life[];
	/** Looks no more. */
	end(): void;
}

/** With it, each process of n8n tells what it holds. */
export const TELLS_MEMORY = { N8N_METRICS: 'true' };

const EVERY_MS = 1000;
/** Whoever lived through fewer looks is not judged: nothing is known of him but his start. */
const FEWEST = 40;
/**
 * How much more a process may hold in the last quarter of a life than in the second one. Judged is the least of each
 * quarter, which is what was left when Node had just collected what nobody uses; all that lies between goes up and down
 * by half. What is kept by each push or order would grow by far more than this from one quarter to the next but one.
 */
export const FLAT = 1.25;

/** Begins to look. @param running names and processes that run at the moment */
export function watchMemory(
	running: () => Iterable<[string, Pick<N8nProcess, 'pid' | 'url'>]>,
	everyMs = EVERY_MS,
): Watch {
	const lives: Life[] = [];
	const busy = new Set<number>();
	const look = async (name: string, pid: number, url: string) => {
		if (busy.has(pid)) return;
		busy.add(pid);
		const heap = await heapOf(url).catch(() => undefined);
		busy.delete(pid);
		if (heap === undefined) return;
		let life = lives.find((one) => one.pid === pid);
		if (!life) lives.push((life = { name, pid, looks: [] }));
		life.looks.push({ heap, all: residentOf(pid) });
	};
	const timer = setInterval(() => {
		for (const [name, { pid, url }] of running()) void look(name, pid, url);
	}, everyMs);
	return { lives, end: () => clearInterval(timer) };
}

const BYTES_PER_MEGABYTE = 1024 ** 2;

async function heapOf(url: string): Promise<number | undefined> {
	const text = await (await fetch(`${url}/metrics`)).text();
	const bytes = /^n8n_nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1];
	return bytes === undefined ? undefined : Number(bytes) / BYTES_PER_MEGABYTE;
}

function residentOf(pid: number): number | undefined {
	try {
		const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
		return kilobytes ? Number(kilobytes[1]) / 1024 : undefined;
	} catch {
		return undefined;
	}
}

/** The lives that are long enough to be judged. */
export const judged = (lives: Life[]): Life[] =>
	lives.filter(({ looks }) => looks.length >= FEWEST);

/** What a process held in the second quarter of its life, once it had warmed up, and in the last one, in megabytes. */
export function quarters({ looks }: Life) {
	const quarter = (index: number) => {
		const part = Math.floor(looks.length / 4);
		return looks.slice(index * part, (index + 1) * part);
	};
	const [second, last] = [quarter(1), quarter(3)];
	const least = (of: Look[]) => Math.min(...of.map(({ heap }) => heap));
	const all = (of: Look[]) => median(of.flatMap((one) => one.all ?? []));
	return {
		heap: { second: least(second), last: least(last), ratio: least(last) / least(second) },
		all: { second: all(second), last: all(last) },
	};
}

function median(values: number[]): number | undefined {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)];
}
