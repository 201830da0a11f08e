import type { DeduplicationItemTypes, IDeduplicationOutput, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { OrderGuard } from '../inside';

/** One n8n process of guardAcrossProcesses.ts: it claims numbers at given moments, over a database elsewhere. */
export interface Claim {
	claim: string;
	workflow: string;
	number: string;
	/** When, on the clock that all processes of a machine share. */
	at: number;
}

/** What became of a claim. */
export interface Report {
	claim: string;
	isNew: boolean;
}

/** Reading a row, or writing it. */
export interface Call {
	id: number;
	key: string;
	row?: string;
}

type Reply = { id: number; row: string | null };

/** Milliseconds of a clock that is the same in all processes of a machine. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const open = new Map<number, (row: string | null) => void>();
let calls = 0;

async function call(key: string, row?: string): Promise<string | null> {
	const id = ++calls;
	return await new Promise((resolve) => {
		open.set(id, resolve);
		process.send!({ id, key, row } satisfies Call);
	});
}

/** How n8n's store keeps an item. */
export const hash = (item: DeduplicationItemTypes): string =>
	createHash('md5').update(item.toString()).digest('base64');

/** n8n's store, as MemoryDeduplicator of the engine tests models it, but with its row in the other process. */
function contextOf(workflow: string): IExecuteFunctions {
	const read = async (): Promise<string[]> =>
		JSON.parse((await call(workflow)) ?? '[]') as string[];
	const helpers = {
		async checkProcessedAndRecord(
			items: DeduplicationItemTypes[],
			_scope: string,
			{ maxEntries = Infinity }: { maxEntries?: number },
		): Promise<IDeduplicationOutput> {
			const row = await read();
			const output: IDeduplicationOutput = { new: [], processed: [] };
			for (const item of items) {
				const known = row.includes(hash(item));
				(known ? output.processed : output.new).push(item);
				if (!known) row.push(hash(item));
			}
			await call(workflow, JSON.stringify(row.slice(-maxEntries)));
			return output;
		},
		async removeProcessed(items: DeduplicationItemTypes[]): Promise<void> {
			const gone = new Set(items.map(hash));
			const row = await read();
			await call(workflow, JSON.stringify(row.filter((entry) => !gone.has(entry))));
		},
	};
	return {
		helpers,
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: 'node' }),
	} as unknown as IExecuteFunctions;
}

async function until(moment: number): Promise<void> {
	await sleep(Math.max(0, moment - monotonicMs() - 2));
	while (monotonicMs() < moment);
}

async function take({ claim, workflow, number, at }: Claim): Promise<Report> {
	const guard = new OrderGuard(contextOf(workflow));
	await until(at);
	const isNew = (await guard.claim(number, 0)) === undefined;
	if (isNew) await guard.settle(number, 'bought');
	return { claim, isNew };
}

// This file is also imported for its types and its clock.
if (require.main === module) {
	process.on('message', (message: Claim | Reply) => {
		if ('claim' in message) return void take(message).then((report) => process.send!(report));
		open.get(message.id)?.(message.row);
		open.delete(message.id);
	});
}
