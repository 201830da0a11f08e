import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeOf } from '../context';
import { nodeErrorOf } from '../errors/refusal';
import { Once } from '../once/once';
import type { State } from '../once/store';
import { endElsewhere } from './elsewhere';
import type { GuardedNumber } from './guardedNumber';
import { numberMemoryOf, type EarlierOrder, type NumberMemory } from './numberMemory';
import { inDatabase, maybeNeverSent, unwritten } from './unwritten';

/** How often a number is claimed that others take and give back, or a database says so. */
const ROUNDS = 5;

/**
 * Lets each Custom Order Number of a node through once. The number is written into n8n's database before the order
 * leaves, so that it holds over all processes of n8n and over restarts.
 */
export class OrderGuard {
	private readonly memory: NumberMemory;

	private readonly once: Once;

	constructor(private readonly context: IExecuteFunctions) {
		this.memory = numberMemoryOf(context.getWorkflow().id, nodeOf(context).id);
		this.once = new Once(context);
	}

	/**
	 * Looks for an earlier order with a number, without claiming it. While another execution's order with that number
	 * is on its way, its end is waited for, but not without end where another process of n8n has it.
	 *
	 * @returns undefined where the number is free
	 * @throws NodeOperationError when n8n's database cannot be read, or holds the number of a try that sent nothing
	 */
	async lookUp(
		{ name, formerly }: GuardedNumber,
		itemIndex: number,
	): Promise<EarlierOrder | undefined> {
		const known = await this.memory.settled(name);
		if (known) return known;
		const state = await this.look(name, formerly, itemIndex);
		if (state === 'free') return undefined;
		// Another execution of this process may have begun it while the database was asked.
		const begun = await this.memory.settled(name);
		if (begun) return begun;
		if (['taken', 'listed'].includes(state) && this.memory.unsure.has(name))
			throw maybeNeverSent(this.context, itemIndex);
		const end = await endElsewhere(
			this.context,
			state,
			async () => await this.once.look(name, formerly),
		);
		if (end === 'free') return undefined;
		const meanwhile = await this.memory.settled(name);
		if (meanwhile) return meanwhile;
		return end === 'done' ? { outcome: 'bought' } : { outcome: 'unknown', state: end };
	}

	/** What cannot be looked at may stand there from now on: a look into a list writes. */
	private async look(name: string, formerly: string[], itemIndex: number): Promise<State> {
		try {
			return await inDatabase(
				this.context,
				itemIndex,
				async () => await this.once.look(name, formerly),
			);
		} catch (error) {
			this.memory.unsure.add(name);
			throw nodeErrorOf(this.context, error, itemIndex);
		}
	}

	/**
	 * Takes a number for an order that is about to leave.
	 *
	 * @returns undefined when the order may leave, and then `settle` must be called; otherwise the earlier order
	 * @throws NodeOperationError when the number cannot be written down: then nothing may be sent
	 */
	async claim(name: string, itemIndex: number): Promise<EarlierOrder | undefined> {
		for (let round = 1; ; round++) {
			// Of those who have waited for the same order, one begins the next one.
			while (!this.memory.begin(name)) {
				const known = await this.memory.settled(name);
				if (known) return known;
			}
			if (await this.takeBegun(name, itemIndex)) return undefined;
			// Another process was faster; what it was faster with may have been refused, so that the number is free again.
			const faster = await this.lookUp({ name, formerly: [] }, itemIndex);
			if (faster) return faster;
			if (round === ROUNDS)
				throw unwritten(this.context, itemIndex, 'it is free and taken at once');
		}
	}

	/** @returns whether this execution has the number; then it stays begun until it is settled */
	private async takeBegun(name: string, itemIndex: number): Promise<boolean> {
		let isOurs = false;
		try {
			isOurs = await inDatabase(this.context, itemIndex, async () => await this.once.take(name));
			if (isOurs) this.memory.unsure.delete(name);
			return isOurs;
		} catch (error) {
			this.memory.unsure.add(name);
			throw nodeErrorOf(this.context, error, itemIndex);
		} finally {
			if (!isOurs) this.memory.end(name);
		}
	}

	/** @returns what this process knows of a number that is not on its way */
	peek(name: string): EarlierOrder | undefined {
		return this.memory.peek(name);
	}

	/**
	 * Notes what a claimed order came to.
	 *
	 * @param outcome `notBought` frees the number; the others keep it, also when the database fails
	 * @throws what the database throws
	 */
	async settle(
		name: string,
		outcome: EarlierOrder['outcome'] | 'notBought',
		known: Partial<EarlierOrder> = {},
	): Promise<void> {
		if (outcome === 'notBought') {
			await this.free(name);
			return;
		}
		this.memory.keep(name, { ...known, outcome });
		// Who waits in this process needs no database to know it.
		this.memory.end(name);
		await (outcome === 'bought' ? this.once.finish(name) : this.once.doubt(name));
	}

	private async free(name: string): Promise<void> {
		this.memory.unsure.add(name);
		try {
			await this.once.free(name);
			this.memory.unsure.delete(name);
		} finally {
			this.memory.end(name);
		}
	}
}
