import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeOf } from '../context';
import { nodeErrorOf } from '../errors/refusal';
import { Once } from '../once/once';
import { endElsewhere } from './elsewhere';
import type { GuardedNumber } from './guardedNumber';
import { numberMemoryOf, type EarlierOrder, type NumberMemory } from './numberMemory';
import { maybeNeverSent, unwritten } from './unwritten';

/** How often a number is claimed that others take and give back, or a database says so. */
const ROUNDS = 5;

const splitOf = (name: string): string => `${name} split`;

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
		const look = async () =>
			await this.inDatabase(itemIndex, async () => await this.once.look(name, formerly));
		let state = await look();
		if (['taken', 'listed'].includes(state) && this.memory.unsure.has(name))
			throw maybeNeverSent(this.context, itemIndex);
		if (state === 'taken') state = await endElsewhere(this.context, look);
		return state === 'free' ? undefined : { outcome: state === 'done' ? 'bought' : 'unknown' };
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
			isOurs = await this.inDatabase(itemIndex, async () => await this.once.take(name));
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
		try {
			if (outcome === 'notBought') {
				this.memory.unsure.add(name);
				await this.once.free(name);
				this.memory.unsure.delete(name);
			} else {
				this.memory.keep(name, { ...known, outcome });
				await (outcome === 'bought' ? this.once.finish(name) : this.once.doubt(name));
			}
		} finally {
			this.memory.end(name);
		}
	}

	/** Notes that a number is ordered in parts, each with a number of its own. */
	async markSplit(name: string, itemIndex: number): Promise<void> {
		const mark = splitOf(name);
		await this.inDatabase(itemIndex, async () => {
			if ((await this.once.look(mark)) === 'free') await this.once.take(mark);
		});
	}

	/** Whether a number was ever noted so. */
	async isSplit(name: string, itemIndex: number): Promise<boolean> {
		const look = async () => await this.once.look(splitOf(name));
		return (await this.inDatabase(itemIndex, look)) !== 'free';
	}

	private async inDatabase<T>(itemIndex: number, work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw unwritten(this.context, itemIndex, (error as Error).message);
		}
	}
}
