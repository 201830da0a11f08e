import pDefer, { type DeferredPromise } from 'p-defer';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import type { State } from '../once/store';

/** States of a number that leave open whether it was bought. */
export type DoubtfulState = Exclude<State, 'free' | 'done'>;

/** What is known of a Custom Order Number that was used before. */
export interface EarlierOrder {
	outcome: 'bought' | 'unknown';
	/** What the order was told to be in doubt for, where this process knows it. */
	told?: string;
	/** What n8n's database says of a number in doubt, where this process knows nothing of it. */
	state?: DoubtfulState;
	topupId?: string;
	/** What was ordered, where this process knows it. */
	planId?: string;
	quantity?: number;
	/** The execution that sent it, and for which of its items, where this process knows it. */
	executionId?: string;
	item?: string;
}

/** Numbers of which a process knows more than n8n's database does; those that were not asked for leave first. */
const MOST_NUMBERS = 100_000;

/** What this process knows of the numbers of one node, and which of them it is about to order. */
export class NumberMemory {
	private readonly known = new Map<string, EarlierOrder>();

	private readonly underway = new Map<string, DeferredPromise<void>>();

	/** Numbers that the database may hold because of a try that sent nothing. */
	readonly unsure = new Set<string>();

	/** @returns what is known of a number, once no order with it is on its way */
	async settled(name: string): Promise<EarlierOrder | undefined> {
		for (let order = this.underway.get(name); order; order = this.underway.get(name)) {
			await order.promise;
		}
		const known = this.known.get(name);
		if (known) this.keep(name, known);
		return known;
	}

	/** @returns what is known of a number that is not on its way */
	peek(name: string): EarlierOrder | undefined {
		return this.underway.has(name) ? undefined : this.known.get(name);
	}

	/**
	 * Keeps a number for the order that is about to leave; until `end`, everybody else waits for it.
	 *
	 * @returns false where somebody else keeps it, or it is known by now
	 */
	begin(name: string): boolean {
		if (this.underway.has(name) || this.known.has(name)) return false;
		this.underway.set(name, pDefer());
		return true;
	}

	end(name: string): void {
		this.underway.get(name)?.resolve();
		this.underway.delete(name);
	}

	keep(name: string, order: EarlierOrder): void {
		this.known.delete(name);
		this.known.set(name, order);
		dropOldest(this.known, MOST_NUMBERS);
	}
}

const memories = new Map<string, NumberMemory>();

/** The memory of one node, which all its executions in this process share. */
export function numberMemoryOf(workflowId: string | undefined, nodeId: string): NumberMemory {
	const key = JSON.stringify([workflowId, nodeId]);
	const memory = memories.get(key) ?? new NumberMemory();
	memories.set(key, memory);
	return memory;
}

/** Forgets what this process knows, as a restart would. For tests of what survives one. */
export const forgetOrders = (): void => memories.clear();
