import type { IConnections, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { publish, type EditorApi } from '../../e2e/harness';

/** n8n starts an expression engine for each webhook that is not its own, unless it is told to wait until one is needed. */
export const LAZY_ENGINE = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** A node of a workflow that is to be saved; credentials are named as n8n names them. */
export type FlowNode = Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters'> &
	Partial<Pick<INode, 'credentials' | 'webhookId'>>;

/** An active workflow that a webhook starts. */
export interface ActiveFlow {
	id: string;
	/** Where its webhook is called. */
	url: string;
}

/** Saves and activates a workflow of nodes that follow one after the other. @param path of its first node, below n8n's webhooks */
export async function activateChain(
	api: EditorApi,
	path: string,
	nodes: FlowNode[],
): Promise<ActiveFlow> {
	const connections: IConnections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index]!.name,
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	const placed = nodes.map((node, index) => ({
		...node,
		id: randomUUID(),
		position: [260 * index, 0] as INode['position'],
	}));
	const id = await publish(api, `Bench ${path}`, placed, connections);
	const url = `${api.url}/webhook/${path}`;
	await whenServed(url);
	return { id, url };
}

/** Waits for it: activation goes on after n8n has answered. A webhook that knows no GET says by which method it is called. */
export async function whenServed(url: string): Promise<void> {
	for (;;) {
		const answer = await fetch(url);
		if (answer.ok || (await answer.text()).includes('POST request')) return;
		await sleep(100);
	}
}

/** The number of executions of a workflow that are over, once none is under way. @param ended how they may have ended */
export async function runsThatEnded(
	api: EditorApi,
	workflowId: string,
	ended = ['success'],
): Promise<number> {
	const listed = async (status?: string[]) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, ...(status && { status }) }));
		return await api.call<{ count: number; results: unknown[] }>(
			'GET',
			`/executions?limit=1&filter=${filter}`,
		);
	};
	while ((await listed(['new', 'running'])).results.length > 0) await sleep(20);
	return (await listed(ended)).count;
}
