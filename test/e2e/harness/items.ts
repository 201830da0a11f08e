import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';

import type { EditorApi } from './api';
import { executionsOf, type Kept } from './executions';

/** The items a node gave in an execution. */
export async function itemsOf(
	api: EditorApi,
	id: string,
	node: string,
): Promise<INodeExecutionData[]> {
	const { resultData } = runDataOf(await api.call<Kept>('GET', `/executions/${id}`));
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

/** What is kept of an execution, taken apart. */
export const runDataOf = ({ data }: Kept): IRun['data'] => unflatten(data) as IRun['data'];

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
