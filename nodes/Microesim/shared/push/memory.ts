import { createHash } from 'crypto';
import { sleep, type IDataObject } from 'n8n-workflow';
import pDefer, { type DeferredPromise } from 'p-defer';

import { dropOldest } from '../../../../credentials/shared/dropOldest';

/** How long and how many deliveries are remembered. */
export interface MemoryLimits {
	windowMs: number;
	mostEntries: number;
}

/** Which eSIM of which order. */
export interface EsimName {
	topupId: string;
	deviceId: string;
}

/** What became of an eSIM's push: a run is on its way, or it is done. */
interface Entry {
	state: 'running' | 'done';
	/** Milliseconds since 1970. */
	since: number;
	/** Ends when a running entry is settled. */
	settled?: DeferredPromise<void>;
}

/** What a claim came to. Only a ticket may start a run, and then `settle` must be called with it. */
export type Claim = Ticket | 'running' | 'done';

/** Proves who has claimed an eSIM: a run that took too long must not settle the claim of its successor. */
export interface Ticket {
	key: string;
	since: number;
}

/** A run that never answers (n8n lost it) blocks further deliveries no longer than this. */
const LONGEST_RUN_MS = 60 * 60 * 1000;
/** What one run writes down for those before it. */
const MOST_NOTED = 1000;

/**
 * Which eSIMs were pushed to this process before: the first, cheap filter, which tells deliveries at the same moment
 * apart. n8n's database, which the run asks, decides over processes and restarts. No step here looks at all entries.
 */
export class PushMemory {
	private readonly entries = new Map<string, Entry>();

	private readonly attempts = new Map<string, number>();

	/** Done, and not yet written down by any run. */
	private readonly noted = new Map<string, EsimName>();

	private isLoaded = false;

	/** Takes over, once, what 0.1 has kept in the workflow's static data. */
	load(readStored: () => IDataObject, now: number, { windowMs }: MemoryLimits): void {
		if (this.isLoaded) return;
		this.isLoaded = true;
		const known = (readStored().pushes ?? {}) as Record<string, unknown>;
		for (const [key, since] of Object.entries(known)) {
			if (typeof since !== 'number' || now - since > windowMs || this.entries.has(key)) continue;
			this.entries.set(key, { state: 'done', since });
		}
	}

	/** Counts a delivery. @returns how many of this eSIM this process has seen, this one included */
	count(key: string, { mostEntries }: MemoryLimits): number {
		const attempt = (this.attempts.get(key) ?? 0) + 1;
		this.attempts.delete(key);
		this.attempts.set(key, attempt);
		dropOldest(this.attempts, mostEntries);
		return attempt;
	}

	/** Takes an eSIM for a run, unless another delivery has it. Nothing may be awaited between look and claim. */
	claim(key: string, now: number, { windowMs }: MemoryLimits): Claim {
		const entry = this.entries.get(key);
		const lasts = entry?.state === 'running' ? LONGEST_RUN_MS : windowMs;
		if (entry && now - entry.since <= lasts) return entry.state;
		this.entries.delete(key);
		this.entries.set(key, { state: 'running', since: now, settled: pDefer() });
		return { key, since: now };
	}

	/** Waits until the delivery that has claimed an eSIM is settled, but no longer than `limitMs`. */
	async whenSettled(key: string, limitMs: number): Promise<void> {
		await Promise.race([this.entries.get(key)?.settled?.promise, sleep(limitMs)]);
	}

	/** Ends a claim: done, or forgotten so that the next delivery starts a run. */
	settle({ key, since }: Ticket, done: boolean, { mostEntries }: MemoryLimits): void {
		const entry = this.entries.get(key);
		if (!entry || entry.since !== since || entry.state === 'done') return;
		if (done) entry.state = 'done';
		else this.entries.delete(key);
		dropOldest(this.entries, mostEntries, ({ state }) => state === 'done');
		entry.settled?.resolve();
	}

	/** Keeps the names of eSIMs whose run is done until a run can write them down. */
	note(done: EsimName[]): void {
		for (const { topupId, deviceId } of done) {
			this.noted.set(keyOf({ topupId, deviceId }), { topupId, deviceId });
		}
		dropOldest(this.noted, MOST_NOTED);
	}

	/** Hands them over. */
	takeNoted(): EsimName[] {
		const names = [...this.noted.values()];
		this.noted.clear();
		return names;
	}
}

const memories = new Map<string, PushMemory>();

/** The memory of one trigger node, by workflow and node id, so that renaming the node keeps it. */
export function memoryOf(workflowId: string, nodeId: string): PushMemory {
	const key = JSON.stringify([workflowId, nodeId]);
	const memory = memories.get(key) ?? new PushMemory();
	memories.set(key, memory);
	return memory;
}

/** Forgets this process's memories, as a restart would. For tests of what survives one. */
export const forgetAll = (): void => memories.clear();

/** A short name for an eSIM in an order, as 0.1 wrote it down. */
export const keyOf = ({ topupId, deviceId }: EsimName): string =>
	createHash('sha256')
		.update(JSON.stringify([topupId, deviceId]))
		.digest('base64url')
		.slice(0, 22);
