import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { isUniqueViolation } from './databaseFault';
import { inRow } from './inRow';
import { ENTRIES, type State, type Store } from './store';

/** The values of a row; only their number can be read. */
export const TAKEN = 'taken';
const DONE = ['done'];
/** Three, written at once: never what "done" looks like, even where the row has vanished meanwhile. */
const DOUBTED = ['in', 'doubt', 'for good'];
const STATES: readonly State[] = ['free', 'taken', 'done', 'doubted'];
/** Attempts to write a name down while the database is locked or not there. */
const TRIES = 4;

/**
 * One row per name in n8n's table of processed data. Its primary key is workflow and node id, so that the first
 * record under an id of its own is one INSERT: whoever makes it has the name, over all processes of n8n.
 */
export class Rows implements Store {
	constructor(private readonly context: IExecuteFunctions) {}

	/** Only reads: a free name has no row, a taken one a row with one value, a done one has two, a doubted one more. */
	async look(name: string): Promise<State> {
		const values = await inRow(
			this.context,
			name,
			async (helpers) => await helpers.getProcessedDataCount('node', ENTRIES),
		);
		return STATES[values] ?? 'doubted';
	}

	/** @throws NodeOperationError where it is not known whether the name was written down, and by whom */
	async take(name: string): Promise<boolean> {
		let fault: Error | undefined;
		for (let attempt = 1; attempt <= TRIES; attempt++) {
			// The helper writes back what it has read, which could undo another's `finish`: it is called for free names.
			if ((await this.look(name)) !== 'free') break;
			try {
				if (await this.record(name, [TAKEN])) return true;
			} catch (error) {
				// Of this fault alone it is certain that nothing was written; after another one, what is there then may
				// be what this very call has written, or writes a moment later.
				if (!isUniqueViolation(error)) fault = error as Error;
			}
		}
		if (fault) throw new NodeOperationError(this.context.getNode(), fault);
		return false;
	}

	async finish(name: string): Promise<void> {
		await this.record(name, DONE);
	}

	async doubt(name: string): Promise<void> {
		await this.record(name, DOUBTED);
	}

	async free(name: string): Promise<void> {
		await inRow(
			this.context,
			name,
			async (helpers) => await helpers.clearAllProcessedItems('node', ENTRIES),
		);
	}

	/** @returns whether a value was new */
	private async record(name: string, values: string[]): Promise<boolean> {
		const { new: fresh } = await inRow(
			this.context,
			name,
			async (helpers) => await helpers.checkProcessedAndRecord(values, 'node', ENTRIES),
		);
		return fresh.length > 0;
	}
}
