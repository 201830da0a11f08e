import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import pDefer from 'p-defer';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { nodeErrorOf } from '../errors/refusal';

/** What is known of a Custom Order Number that was used before. */
export interface EarlierOrder {
	/** `unknown` also where another process or an earlier start of n8n used the number. */
	outcome: 'bought' | 'unknown';
	topupId?: string;
	/** What was ordered, where this process knows it. */
	planId?: string;
	/** The execution that sent it, where this process knows it. */
	executionId?: string;
}

type Entry = EarlierOrder & { underway?: Promise<void> };

/** Numbers that are kept per node; the oldest leave first. */
const MOST_NUMBERS = 10_000;
const STORE = { mode: 'entries', maxEntries: MOST_NUMBERS } as const;
/** n8n's store has no lock: its first record can collide with another process, and a record can be overwritten. */
const TRIES = 4;

const UNWRITTEN = 'The Custom Order Number could not be written down, so the order was not placed';
const whyUnwritten = ({ message }: Error) =>
	`n8n's database did not take it: ${message}. Save the workflow and try again. Nothing was sent to MicroeSIM.`;

/** What this process knows, by workflow and node, and the one access to n8n's store at a time. */
const nodes = new Map<string, { numbers: Map<string, Entry>; turn: Promise<unknown> }>();

/**
 * Lets each Custom Order Number of a node through once. The number is written into n8n's database before the
 * order leaves; within this process that is exact, also for executions at the same moment.
 */
export class OrderGuard {
	private readonly node: { numbers: Map<string, Entry>; turn: Promise<unknown> };

	constructor(private readonly context: IExecuteFunctions) {
		const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
		this.node = nodes.get(key) ?? { numbers: new Map(), turn: Promise.resolve() };
		nodes.set(key, this.node);
	}

	/**
	 * Takes a number for an order that is about to leave. While another execution's order with that number is on
	 * its way, its end is waited for.
	 *
	 * @returns undefined when the order may leave, and then `settle` must be called; otherwise the earlier order
	 * @throws NodeOperationError when the number cannot be written down: then nothing may be sent
	 */
	async claim(number: string, itemIndex: number): Promise<EarlierOrder | undefined> {
		const { numbers } = this.node;
		for (let earlier = numbers.get(number); earlier; earlier = numbers.get(number)) {
			if (!earlier.underway) return earlier;
			await earlier.underway;
		}
		const { promise: underway, resolve: end } = pDefer<void>();
		// Set before anything is awaited: from here on no other execution of this process gets the number.
		const entry: Entry = { outcome: 'unknown', underway };
		numbers.set(number, entry);
		this.ends.set(number, end);
		try {
			if (await this.alone(async () => await this.record(number))) return undefined;
		} catch (error) {
			this.end(number);
			numbers.delete(number);
			throw nodeErrorOf(this.context, error, itemIndex);
		}
		this.end(number);
		// The store knows better than this process whether the number is free again by then.
		numbers.delete(number);
		return { outcome: 'unknown' };
	}

	/** @returns what this process knows of a number, without claiming it */
	peek(number: string): Entry | undefined {
		return this.node.numbers.get(number);
	}

	/**
	 * Notes what a claimed order came to.
	 *
	 * @param outcome `refused` frees the number, because nothing was bought; the others keep it
	 */
	async settle(
		number: string,
		outcome: 'bought' | 'unknown' | 'refused',
		known: Partial<EarlierOrder> = {},
	): Promise<void> {
		const { numbers } = this.node;
		try {
			if (outcome === 'refused') {
				await this.alone(
					async () => await this.context.helpers.removeProcessed([number], 'node', STORE),
				);
				numbers.delete(number);
			} else {
				numbers.set(number, { ...known, outcome });
				dropOldest(numbers, MOST_NUMBERS);
			}
		} finally {
			this.end(number);
		}
	}

	private readonly ends = new Map<string, () => void>();

	private end(number: string): void {
		const entry = this.node.numbers.get(number);
		if (entry) delete entry.underway;
		this.ends.get(number)?.();
		this.ends.delete(number);
	}

	/** @returns whether the number is new; looks again after writing, because another process may have overwritten it */
	private async record(number: string): Promise<boolean> {
		let isNew: boolean | undefined;
		let lastFault = new Error('other processes overwrote it again and again');
		for (let attempt = 1; ; attempt++) {
			try {
				const { new: fresh } = await this.context.helpers.checkProcessedAndRecord(
					[number],
					'node',
					STORE,
				);
				isNew ??= fresh.length > 0;
				if (!isNew || fresh.length === 0) return isNew;
			} catch (error) {
				lastFault = error as Error;
				if (attempt < TRIES) continue;
			}
			if (attempt < TRIES) continue;
			// Only what was written here is taken back: the number may be that of an earlier order.
			if (isNew) await this.context.helpers.removeProcessed([number], 'node', STORE);
			throw new NodeOperationError(this.context.getNode(), lastFault, {
				message: UNWRITTEN,
				description: whyUnwritten(lastFault),
			});
		}
	}

	private async alone<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.node.turn.then(work, work);
		this.node.turn = turn.catch(() => {});
		return await turn;
	}
}

/** Forgets what this process knows, as a restart would. For tests of what survives one. */
export const forgetOrders = (): void => nodes.clear();
