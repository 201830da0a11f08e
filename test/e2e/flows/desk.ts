import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { http, type Received } from '../../unit/simulator/client';
import {
	chain,
	draftNode,
	executionsOf,
	publish,
	readExample,
	until,
	type CredentialRef,
	type EditorApi,
} from '../harness';
import { filledIn } from './fillIn';
import { onlyByHand } from './schedules';

/** Where a person imports workflows into an n8n. */
export class FlowDesk {
	/** Workflows that were imported, by name. */
	private readonly imported: Record<string, string> = {};

	private readonly callers: Record<string, Promise<string>> = {};

	private calls = 0;

	/**
	 * @param credentials in n8n, by type
	 * @param servers addresses of all processes that serve webhooks; calls go to one after the other
	 */
	constructor(
		readonly api: EditorApi,
		readonly credentials: Record<string, CredentialRef>,
		private readonly servers = [api.url],
	) {}

	/**
	 * Imports a file of examples/, chooses its credentials and sub-workflows and publishes it. Its schedules do not come
	 * round during a test, which sets them off itself: an hourly look in any minute could take what a test is about.
	 *
	 * @param edit what the person changes beside that, and beside the words of an example in *Fill In*
	 * @returns the addresses of its webhooks, by node
	 */
	async open(
		file: string,
		edit: (node: INode) => INode = (node) => node,
	): Promise<Record<string, string>> {
		const { name, nodes: read, connections, settings } = readExample(file, this.credentials);
		const fill = filledIn();
		const nodes = read.map((node) => this.withSubWorkflow(edit(fill(onlyByHand(node)))));
		this.imported[name] = await publish(this.api, name, nodes, connections, settings);
		return this.addressesOf(nodes);
	}

	/** The addresses that the webhooks of an example will have, by node: import keeps their paths. */
	addresses(file: string): Record<string, string> {
		return this.addressesOf(readExample(file, {}).nodes);
	}

	/** Unpublishes a workflow that was opened, if it was. */
	async close(name: string): Promise<void> {
		const id = this.imported[name];
		if (id !== undefined) await this.api.call('POST', `/workflows/${id}/deactivate`, {});
	}

	/** The id of a workflow that was opened. @param name its own, not its file's */
	idOf(name: string): string {
		const id = this.imported[name];
		if (id === undefined) throw new Error(`"${name}" was not imported before.`);
		return id;
	}

	/** Sets a workflow that was opened off from one of its triggers, as the editor does. @returns its execution */
	async start(name: string, trigger: string): Promise<string> {
		const path = `/workflows/${this.idOf(name)}/run`;
		const start = { triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.api.call<{ executionId: string }>('POST', path, start);
		return executionId;
	}

	/** Waits for the end of an execution. @returns how it ended */
	async ended(id: string): Promise<string> {
		return await until(async () => {
			const { status } = await this.api.call<{ status: string }>('GET', `/executions/${id}`);
			return !['new', 'running'].includes(status) && status;
		}, 'the end of a run');
	}

	/** Sets it off and waits. @returns how it ended */
	async run(name: string, trigger: string): Promise<string> {
		return await this.ended(await this.start(name, trigger));
	}

	/** Waits until nothing runs any more in the workflows that were opened. */
	async idle(): Promise<void> {
		for (const id of Object.values(this.imported)) await executionsOf(this.api, id);
	}

	/** Executions of the opened workflows that did not end well, by their workflow's name. */
	async failures(): Promise<string[]> {
		const failed: string[] = [];
		for (const [name, id] of Object.entries(this.imported)) {
			const all = await executionsOf(this.api, id);
			failed.push(...all.filter(({ status }) => status !== 'success').map(() => name));
		}
		return failed;
	}

	/** A node that calls a workflow that was opened. */
	callOf(name: string, node: string): INode {
		const workflowId = { __rl: true, mode: 'id', value: this.idOf(name) };
		return draftNode(node, 'executeWorkflow', 1.2, { workflowId, options: {} });
	}

	/** Calls a sub-workflow. @returns what it hands back */
	async call(name: string, ...items: IDataObject[]): Promise<IDataObject[]> {
		this.callers[name] ??= this.publish('Caller', [this.callOf(name, 'Call')]);
		return await this.post(await this.callers[name], ...items);
	}

	/**
	 * Publishes a workflow that begins with items that are posted to it and answers with those of its last node.
	 *
	 * @param nodes in their sequence; what one of them has beside its first output leads to those behind `sides`
	 * @returns its path
	 */
	async publish(
		name: string,
		nodes: INode[],
		sides: Record<string, INode[]> = {},
	): Promise<string> {
		const path = randomUUID();
		const answer = { responseMode: 'lastNode', responseData: 'allEntries', options: {} };
		const hook = { httpMethod: 'POST', path, ...answer };
		const split = { fieldToSplitOut: 'body.items', options: {} };
		const line = [
			draftNode('Webhook', 'webhook', 2, hook, { webhookId: path }),
			draftNode('Items', 'splitOut', 1, split),
			...nodes,
		];
		const connections = chain(...line.map((node) => node.name));
		for (const [from, to] of Object.entries(sides)) {
			const { main = [[]] } = connections[from] ?? {};
			const second = to.map((node) => ({ node: node.name, type: 'main' as const, index: 0 }));
			connections[from] = { main: [...main, second] };
		}
		await publish(this.api, name, [...line, ...Object.values(sides).flat()], connections);
		return `/webhook/${path}`;
	}

	/** Posts items to a workflow of `publish`. @returns what it answers with */
	async post(path: string, ...items: IDataObject[]): Promise<IDataObject[]> {
		const server = this.servers[this.calls++ % this.servers.length]!;
		const { status, text } = await deliver(`${server}${path}`, { items });
		if (status !== 200) throw new Error(`${status} ${text}`);
		return JSON.parse(text) as IDataObject[];
	}

	private addressesOf(nodes: INode[]): Record<string, string> {
		const hooks = nodes.filter(({ webhookId }) => webhookId !== undefined);
		return Object.fromEntries(
			hooks.map((node) => [node.name, `${this.api.url}/webhook/${pathOf(node)}`]),
		);
	}

	private withSubWorkflow(node: INode): INode {
		const sub = node.parameters.workflowId as IDataObject | undefined;
		if (!sub || sub.value !== '' || node.disabled) return node;
		const workflowId = { ...sub, value: this.idOf(sub.cachedResultName as string) } as never;
		return { ...node, parameters: { ...node.parameters, workflowId } };
	}
}

const pathOf = ({ webhookId, type }: INode): string =>
	type.endsWith('microesimTrigger') ? `${webhookId}/microesim` : String(webhookId);

/** Posts JSON to a webhook; publishing goes on after n8n has answered. */
async function deliver(url: string, body: IDataObject): Promise<Received> {
	const text = JSON.stringify(body);
	const headers = {
		'Content-Type': 'application/json',
		'Content-Length': Buffer.byteLength(text),
	};
	for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
		const answer = await http(url, 'POST', headers, text);
		if (answer.status !== 404 || Date.now() > deadline) return answer;
	}
}
