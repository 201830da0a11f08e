import { ExecutionStatusList, type IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { EditorApi } from './api';

/** An execution as n8n lists it. */
export interface Listed {
	id: string;
	status: string;
}

/** A page of n8n's list. */
export interface Page {
	results: Listed[];
	nextCursor?: string | null;
}

/** An execution with all that n8n keeps of it, as text. */
export type Kept = Listed & {
	data: string;
	createdAt: string;
	stoppedAt: string | null;
	workflowData: { name: string };
};

const OVER = new Set(['success', 'error', 'crashed', 'canceled']);
const PATIENCE_MS = 120_000;
/** The longest page that n8n gives. */
const PAGE = 100;

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

/**
 * All that n8n keeps from a number on, also of those that have not ended: the number of what is kept nowhere, because
 * its workflow keeps nothing of what went well, is left out.
 */
export async function executionsBetween(api: EditorApi, first: number): Promise<Kept[]> {
	const last = await lastExecution(api);
	const ids = Array.from({ length: last - first + 1 }, (_, index) => first + index);
	const kept: Kept[] = [];
	const read = async () => {
		for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
			const one = await api.call<Kept>('GET', `/executions/${id}`).catch((error: Error) => {
				if (!error.message.includes(': 404 ')) throw error;
			});
			if (one) kept.push(one);
		}
	};
	await Promise.all(Array.from({ length: 5 }, read));
	return kept.sort((one, other) => Number(one.id) - Number(other.id));
}

/** The number of the newest execution, 0 where there is none. */
export async function lastExecution(api: EditorApi): Promise<number> {
	const { results } = await api.call<Page>('GET', `/executions?limit=${PAGE}`);
	return Math.max(0, ...results.map(({ id }) => Number(id)));
}

/** The numbers of a workflow's executions that ended with an error. */
export async function failedOf(api: EditorApi, workflowId: string): Promise<string[]> {
	const all = await listAll(api, workflowId);
	return all.filter(({ status }) => status === 'error').map(({ id }) => id);
}

async function listAll(api: EditorApi, workflowId: string): Promise<Listed[]> {
	const all: Listed[] = [];
	for (let cursor = ''; ;) {
		const page = await pageOf(api, { workflowId }, cursor);
		if (page.nextCursor === undefined) return await listByNumber(api, workflowId);
		all.push(...page.results);
		if (page.nextCursor === null || page.results.length === 0) return all;
		cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
	}
}

/** Before 2.41 a page is named by the number that it ends at, and sorted by that where states are asked for. */
async function listByNumber(api: EditorApi, workflowId: string): Promise<Listed[]> {
	const all: Listed[] = [];
	for (let before = ''; ;) {
		const filter = { workflowId, status: [...ExecutionStatusList] };
		const { results } = await pageOf(api, filter, before);
		all.push(...results);
		if (results.length < PAGE) return all;
		before = `&lastId=${results.at(-1)!.id}`;
	}
}

const pageOf = async (api: EditorApi, filter: IDataObject, from: string): Promise<Page> => {
	const query = `limit=${PAGE}&filter=${encodeURIComponent(JSON.stringify(filter))}${from}`;
	return await api.call<Page>('GET', `/executions?${query}`);
};
