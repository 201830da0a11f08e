import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { isUniqueViolation } from './databaseFault';
import { inRow, type RowName } from './inRow';
import { ENTRIES, type State, type Store } from './store';

/** What stands in the row of a name that is taken. */
export const TAKEN = 'taken';
/** The row beside it, written when its end is known: by the number of its values, for only that can be read. */
const END = 'end';
const ENDS = { done: ['done'], doubted: ['in', 'doubt'] } as const;
/** Attempts to write a name down while the database is locked or not there. */
const TRIES = 4;

/**
 * One row per taken name in n8n's table of processed data, and one more for its end. The table's primary key is
 * workflow and node id, so that the first record under an id of its own is one INSERT: whoever makes it has the name,
 * over all processes of n8n. No row is changed: the helper writes back what it has read, and a process that was slower
 * by a moment would undo what came meanwhile.
 */
export class Rows implements Store {
	constructor(private readonly context: IExecuteFunctions) {}

	/** Only reads. An end counts even where the row of its name has vanished. */
	async look(name: string): Promise<State> {
		const [taken, end] = await Promise.all([this.count({ name }), this.count({ name, part: END })]);
		if (end > 0) return end === ENDS.done.length ? 'done' : 'doubted';
		return taken > 0 ? 'taken' : 'free';
	}

	/** @throws NodeOperationError where it is not known whether the name was written down, and by whom */
	async take(name: string): Promise<boolean> {
		let fault: Error | undefined;
		for (let attempt = 1; attempt <= TRIES; attempt++) {
			if ((await this.count({ name })) > 0) break;
			try {
				if (await this.record({ name }, [TAKEN])) return true;
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
		await this.record({ name, part: END }, ENDS.done);
	}

	async doubt(name: string): Promise<void> {
		await this.record({ name, part: END }, ENDS.doubted);
	}

	async free(name: string): Promise<void> {
		await inRow(
			this.context,
			{ name },
			async (helpers) => await helpers.clearAllProcessedItems('node', ENTRIES),
		);
	}

	private async count(row: RowName): Promise<number> {
		return await inRow(
			this.context,
			row,
			async (helpers) => await helpers.getProcessedDataCount('node', ENTRIES),
		);
	}

	/** @returns whether a value was new */
	private async record(row: RowName, values: readonly string[]): Promise<boolean> {
		const { new: fresh } = await inRow(
			this.context,
			row,
			async (helpers) => await helpers.checkProcessedAndRecord([...values], 'node', ENTRIES),
		);
		return fresh.length > 0;
	}
}
