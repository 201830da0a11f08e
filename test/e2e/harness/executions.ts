import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { EditorApi } from './api';

/** An execution as n8n lists it. */
export interface Listed {
	id: string;
	status: string;
}

interface Page {
	results: Listed[];
	nextCursor?: string | null;
}

/** An execution with all that n8n keeps of it, as text. */
type Kept = Listed & { data: string };

const OVER = new Set(['success', 'error', 'crashed', 'canceled']);
const PATIENCE_MS = 120_000;

/** All executions of a workflow, once none is under way any more. */
export async function executionsOf(api: EditorApi, workflowId: string): Promise<Listed[]> {
	let last: string | undefined;
	for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(150)) {
		const listed = await listAll(api, workflowId);
		// n8n asks for running and for finished ones one after the other: one that ends in between is in neither
		const ids = listed
			.map(({ id }) => id)
			.sort()
			.join();
		if (ids === last && listed.every(({ status }) => OVER.has(status))) return listed;
		last = ids;
		if (Date.now() > deadline) throw new Error('Some executions did not end.');
	}
}

/**
 * Executions by their numbers, each once it is over. n8n gives the first one the number 1; its list is sorted by
 * another column than it is paged by, so among hundreds that run side by side it leaves some out.
 */
export async function executionsFrom(
	api: EditorApi,
	first: number,
	count: number,
): Promise<Kept[]> {
	const ids = Array.from({ length: count }, (_, index) => first + index);
	const kept: Kept[] = [];
	const deadline = Date.now() + PATIENCE_MS;
	const read = async () => {
		for (let id = ids.shift(); id !== undefined;) {
			// it has no row yet in the moment after n8n has answered its webhook
			const execution = await api.call<Kept>('GET', `/executions/${id}`).catch(() => undefined);
			if (execution && OVER.has(execution.status)) {
				kept.push(execution);
				id = ids.shift();
			} else await sleep(500);
			if (Date.now() > deadline) throw new Error(`Execution ${id} did not end.`);
		}
	};
	await Promise.all(Array.from({ length: 5 }, read));
	return kept;
}

async function listAll(api: EditorApi, workflowId: string): Promise<Listed[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const all: Listed[] = [];
	for (let cursor = ''; ;) {
		const page = await api.call<Page>('GET', `/executions?limit=100&filter=${filter}${cursor}`);
		all.push(...page.results);
		if (!page.nextCursor || page.results.length === 0) return all;
		cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
	}
}

/** The items a node gave in an execution. */
export async function itemsOf(
	api: EditorApi,
	id: string,
	node: string,
): Promise<INodeExecutionData[]> {
	const { data } = await api.call<{ data: string }>('GET', `/executions/${id}`);
	const { resultData } = unflatten(data) as IRun['data'];
	return resultData.runData[node]?.[0]?.data?.main?.[0] ?? [];
}

/** The same for every execution of a workflow, as JSON. */
export async function allItems(
	api: EditorApi,
	workflowId: string,
	node: string,
): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for (const { id } of await executionsOf(api, workflowId)) {
		all.push(...(await itemsOf(api, id, node)).map(({ json }) => json));
	}
	return all;
}

/** n8n stores an execution as a flat list: every text in it is the index of what stands there. */
function unflatten(text: string): unknown {
	const list = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();
	const resolve = (index: number): unknown => {
		const value = list[index];
		if (value === null || typeof value !== 'object') return value;
		if (known.has(index)) return known.get(index);
		const copy: IDataObject | unknown[] = Array.isArray(value) ? [] : {};
		known.set(index, copy);
		for (const [key, entry] of Object.entries(value)) {
			(copy as IDataObject)[key] = (
				typeof entry === 'string' ? resolve(Number(entry)) : entry
			) as IDataObject;
		}
		return copy;
	};
	return resolve(0);
}
