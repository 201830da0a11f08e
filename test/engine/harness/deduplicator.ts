import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

const hash = (item: DeduplicationItemTypes): string =>
	createHash('md5').update(item.toString()).digest('base64');

/**
 * The duplicate store of one n8n, as its database keeps it: a row of hashes per workflow and node,
 * read, changed and written back with no lock, so two executions at once can both see "new".
 * Only the mode `entries` is modelled.
 */
export class MemoryDeduplicator implements IDataDeduplicator {
	private readonly rows = new Map<string, string[]>();

	/** What a change of a row waits for between being read and being written, as for a lock of the database. */
	beforeUpdate: (() => Promise<void>) | undefined;

	/** Told of each record that was written: the values, and the workflow they are of. */
	readonly onRecord = new Set<(items: DeduplicationItemTypes[], workflowId: string) => void>();

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = this.key(scope, context, options);
		const row = await this.read(key);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		const recorded = row ?? [];
		for (const item of items) {
			const known = row !== undefined && recorded.includes(hash(item));
			(known ? output.processed : output.new).push(item);
			if (!known) recorded.push(hash(item));
		}
		await this.write(key, recorded.slice(-(options.maxEntries || recorded.length)), !row);
		for (const tell of this.onRecord) tell(items, context.workflow.id);
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<void> {
		const key = this.key(scope, context, options);
		const row = await this.read(key);
		if (!row) return;
		for (const item of items) {
			const at = row.indexOf(hash(item));
			if (at >= 0) row.splice(at, 1);
		}
		await this.write(key, row);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<void> {
		this.rows.delete(this.key(scope, context, options));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<number> {
		return (await this.read(this.key(scope, context, options)))?.length ?? 0;
	}

	/** Empties the store, for a test that wants a fresh n8n. */
	reset(): void {
		this.rows.clear();
	}

	/** How many rows there are. */
	get size(): number {
		return this.rows.size;
	}

	/** The hashes in the list of a node. */
	row(workflowId: string, nodeId: string): string[] | undefined {
		return this.rows.get(`${workflowId} n:${nodeId}`);
	}

	private key(
		scope: DeduplicationScope,
		{ workflow, node }: ICheckProcessedContextData,
		{ mode }: ICheckProcessedOptions,
	): string {
		if (mode !== 'entries') throw new Error(`Deduplication mode "${mode}" is not modelled`);
		return `${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;
	}

	// Reading and writing take a turn of the event loop each: a database is never synchronous,
	// and the race between two executions is one of the things worth testing.
	private async read(key: string): Promise<string[] | undefined> {
		await setImmediate();
		const row = this.rows.get(key);
		return row && [...row];
	}

	private async write(key: string, row: string[], insert = false): Promise<void> {
		await setImmediate();
		if (!insert) await this.beforeUpdate?.();
		if (insert && this.rows.has(key))
			throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed');
		// An UPDATE of a row that is gone by then changes nothing.
		if (insert || this.rows.has(key)) this.rows.set(key, row);
	}
}
