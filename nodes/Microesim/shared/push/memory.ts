import { createHash } from 'crypto';
import { sleep, type IDataObject } from 'n8n-workflow';
import pDefer, { type DeferredPromise } from 'p-defer';

import { dropOldest } from '../../../../credentials/shared/dropOldest';

/** How long and how many deliveries are remembered. */
export interface MemoryLimits {
	windowMs: number;
	mostEntries: number;
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

/**
 * Which eSIMs were pushed before. This process's own memory decides, so that deliveries at the same moment are
 * told apart; the workflow's static data is a copy that survives a restart and that other processes see.
 */
export class PushMemory {
	private readonly entries = new Map<string, Entry>();

	private readonly attempts = new Map<string, number>();

	/** What goes into the static data: one object for all deliveries, so that whichever n8n saves last saves all. */
	private readonly copy: Record<string, number> = {};

	/** Reads what the static data knows and this process does not. */
	load(stored: IDataObject, now: number, { windowMs }: MemoryLimits): void {
		const known = (stored.pushes ?? {}) as Record<string, unknown>;
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
	settle({ key, since }: Ticket, done: boolean): void {
		const entry = this.entries.get(key);
		if (!entry || entry.since !== since || entry.state === 'done') return;
		if (done) {
			entry.state = 'done';
			this.copy[key] = entry.since;
		} else {
			this.entries.delete(key);
			delete this.copy[key];
		}
		entry.settled?.resolve();
	}

	/** Puts the copy into the static data, with `alsoDone` counted as done; the oldest entries leave first. */
	save(stored: IDataObject, now: number, limits: MemoryLimits, alsoDone: string[] = []): void {
		dropOldest(this.entries, limits.mostEntries, ({ state }) => state === 'done');
		for (const key of alsoDone) this.copy[key] = this.entries.get(key)?.since ?? now;
		for (const [key, { state, since }] of this.entries)
			if (state === 'done') this.copy[key] = since;
		for (const [key, since] of Object.entries(this.copy)) {
			if (!this.entries.has(key) || now - since > limits.windowMs) delete this.copy[key];
		}
		this.touch(stored);
	}

	/** Lets n8n see the copy as changed. */
	touch(stored: IDataObject): void {
		stored.pushes = this.copy;
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

/** A short name for an eSIM in an order: neither id ends in the static data. */
export const keyOf = ({ topupId, deviceId }: { topupId: string; deviceId: string }): string =>
	createHash('sha256')
		.update(JSON.stringify([topupId, deviceId]))
		.digest('base64url')
		.slice(0, 22);
