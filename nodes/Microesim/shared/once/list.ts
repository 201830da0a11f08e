import {
	NodeOperationError,
	type ICheckProcessedOptions,
	type IExecuteFunctions,
} from 'n8n-workflow';

import { nodeOf } from '../context';
import { isUniqueViolation } from './databaseFault';
import { ENTRIES, type State, type Store } from './store';
import { inTurn } from './turns';

/** Names that the list of a node keeps; the oldest leave first. */
const MOST_NAMES = 10_000;
const LIST = { ...ENTRIES, maxEntries: MOST_NAMES };
/** The list has no lock: its first record can collide with another process, and a record can be overwritten. */
const TRIES = 4;

/** The list of a node, of which n8n has one. */
export const nameOfList = (context: IExecuteFunctions): string =>
	JSON.stringify([context.getWorkflow().id, nodeOf(context).id]);

/**
 * All names of a node in one list, as n8n's helpers keep it by themselves. Exact within a process, not over several:
 * n8n reads the list, changes it and writes it back. A look writes.
 */
export class List implements Store {
	constructor(private readonly context: IExecuteFunctions) {}

	async look(name: string): Promise<State> {
		return await this.alone(async () => {
			const isNew = await this.record(name, ENTRIES);
			if (isNew) await this.remove(name);
			return isNew ? 'free' : 'listed';
		});
	}

	/** @throws NodeOperationError where it is not known whether the name was written down, and by whom */
	async take(name: string): Promise<boolean> {
		return await this.alone(async () => await this.record(name, LIST));
	}

	/** Like `take`, and lets no older name leave for it. */
	async add(name: string): Promise<boolean> {
		return await this.alone(async () => await this.record(name, ENTRIES));
	}

	async finish(): Promise<void> {}

	async doubt(): Promise<void> {}

	async free(name: string): Promise<void> {
		await this.alone(async () => await this.remove(name));
	}

	/** Looks again after writing, because another process may have overwritten it. */
	private async record(name: string, options: ICheckProcessedOptions): Promise<boolean> {
		let isNew: boolean | undefined;
		let fault: Error | undefined;
		for (let attempt = 1; attempt <= TRIES; attempt++) {
			try {
				const { helpers } = this.context;
				const { new: fresh } = await helpers.checkProcessedAndRecord([name], 'node', options);
				isNew ??= fresh.length > 0;
				if (fresh.length > 0) continue;
				// What is there after a fault may be what this very call has written.
				if (isNew || !fault) return isNew;
				break;
			} catch (error) {
				if (!isUniqueViolation(error)) fault = error as Error;
			}
		}
		// Only what was written here for certain is taken back: the name may have been taken before.
		if (isNew) await this.remove(name);
		throw new NodeOperationError(
			this.context.getNode(),
			fault ?? new Error('other processes overwrote it again and again'),
		);
	}

	private async remove(name: string): Promise<void> {
		await this.context.helpers.removeProcessed([name], 'node', LIST);
	}

	private async alone<T>(work: () => Promise<T>): Promise<T> {
		return await inTurn(nameOfList(this.context), work);
	}
}
