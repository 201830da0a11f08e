import type { IExecuteFunctions } from 'n8n-workflow';

const STORE = { mode: 'entries', maxEntries: 10_000 } as const;

/**
 * What the rows are measured against: all numbers of a node in one list, which n8n reads and writes in two steps.
 * Other than the guard of version 0.1.0 it does not look again after writing, so it is the faster of the two.
 */
export async function claimInList(context: IExecuteFunctions, number: string): Promise<boolean> {
	const { new: fresh } = await context.helpers.checkProcessedAndRecord([number], 'node', STORE);
	return fresh.length > 0;
}

/** Fills the list in one go. */
export async function fillList(context: IExecuteFunctions, numbers: string[]): Promise<void> {
	await context.helpers.checkProcessedAndRecord(numbers, 'node', STORE);
}
