import type { IConnections, IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import { usePostbox } from '../../engine/examples/postbox';
import { useStarted } from '../../engine/support/useBench';
import { http, type Received } from '../../unit/simulator/client';
import { publish, saveCredential, startN8n, type CredentialRef, type N8n } from '../harness';

const EXAMPLES = join(__dirname, '../../../examples');

/** Which credential a node of each type takes. */
const KINDS: Array<[string, string]> = [
	['n8n-nodes-microesim.', 'microesimApi'],
	['n8n-nodes-base.emailSend', 'smtp'],
];

/** A real n8n with a MicroeSIM and a mail server, into which a person imports workflows. */
export class FlowDesk {
	/** Credentials in n8n, by type. */
	readonly credentials: Record<string, CredentialRef> = {};

	/** Workflows that were imported, by name. */
	private readonly imported: Record<string, string> = {};

	constructor(
		readonly simulator: Simulator,
		readonly n8n: N8n,
	) {}

	/** Keeps a credential of n8n's own. */
	async saveCredential(type: string, data: IDataObject): Promise<void> {
		const body = { name: type, type, data };
		this.credentials[type] = await this.n8n.api.call('POST', '/credentials', body);
	}

	/**
	 * Imports a file of examples/, chooses its credentials and sub-workflows and publishes it.
	 *
	 * @param edit what the person changes beside that
	 * @returns the addresses of its webhooks, by node
	 */
	async open(
		file: string,
		edit: (node: INode) => INode = (node) => node,
	): Promise<Record<string, string>> {
		const text = readFileSync(join(EXAMPLES, `${file}.json`), 'utf8');
		const flow = JSON.parse(text) as IWorkflowBase;
		const nodes = flow.nodes.map((node) => edit(this.filledIn(node)));
		const { name, connections, settings } = flow;
		this.imported[name] = await publish(this.n8n.api, name, nodes, connections, settings);
		const hooks = nodes.filter(({ webhookId }) => webhookId !== undefined);
		return Object.fromEntries(
			hooks.map((node) => [node.name, `${this.n8n.url}/webhook/${pathOf(node)}`]),
		);
	}

	/** The id of a workflow that was opened. @param name its own, not its file's */
	idOf(name: string): string {
		const id = this.imported[name];
		if (id === undefined) throw new Error(`"${name}" was not imported before.`);
		return id;
	}

	/** Calls a sub-workflow. @returns what it hands back */
	async call(name: string, ...items: IDataObject[]): Promise<IDataObject[]> {
		const url = (this.callers[name] ??= await this.publishCaller(this.idOf(name)));
		const { status, text } = await deliver(url, { items });
		if (status !== 200) throw new Error(`${status} ${text}`);
		return JSON.parse(text) as IDataObject[];
	}

	private readonly callers: Record<string, string> = {};

	private async publishCaller(workflow: string): Promise<string> {
		const path = randomUUID();
		const options = { responseMode: 'lastNode', responseData: 'allEntries', options: {} };
		const names = ['Webhook', 'Items', 'Call'];
		const split = { fieldToSplitOut: 'body.items', options: {} };
		const sub = { workflowId: { __rl: true, mode: 'id', value: workflow }, options: {} };
		const nodes = [
			{
				...draft(names[0]!, 'webhook', 2, { httpMethod: 'POST', path, ...options }),
				webhookId: path,
			},
			draft(names[1]!, 'splitOut', 1, split),
			draft(names[2]!, 'executeWorkflow', 1.2, sub),
		];
		const connections: IConnections = {
			[names[0]!]: { main: [[{ node: names[1]!, type: 'main', index: 0 }]] },
			[names[1]!]: { main: [[{ node: names[2]!, type: 'main', index: 0 }]] },
		};
		await publish(this.n8n.api, `Caller ${path}`, nodes, connections);
		return `${this.n8n.url}/webhook/${path}`;
	}

	private filledIn(node: INode): INode {
		const kind = KINDS.find(([type]) => node.type.startsWith(type))?.[1];
		const chosen = kind ? { ...node, credentials: { [kind]: this.credentials[kind]! } } : node;
		const sub = node.parameters.workflowId as IDataObject | undefined;
		if (!sub || sub.value !== '') return chosen;
		const workflowId = { ...sub, value: this.idOf(sub.cachedResultName as string) } as never;
		return { ...chosen, parameters: { ...chosen.parameters, workflowId } };
	}
}

const pathOf = ({ webhookId, type }: INode): string =>
	type.endsWith('microesimTrigger') ? `${webhookId}/microesim` : String(webhookId);

const draft = (name: string, type: string, typeVersion: number, parameters: IDataObject) => ({
	id: randomUUID(),
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0] as [number, number],
	parameters: parameters as INode['parameters'],
});

/** Posts JSON to a webhook; publishing goes on after n8n has answered. */
export async function deliver(
	url: string,
	body: IDataObject,
	headers: Record<string, string> = {},
): Promise<Received> {
	const text = JSON.stringify(body);
	const all = { 'Content-Type': 'application/json', ...headers };
	for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
		const length = { 'Content-Length': Buffer.byteLength(text) };
		const answer = await http(url, 'POST', { ...all, ...length }, text);
		if (answer.status !== 404 || Date.now() > deadline) return answer;
	}
}

/** One for all tests of a file, with a mail server that is empty at the start of each. */
export function useFlows(options: SimulatorOptions = {}) {
	const postbox = usePostbox();
	const started = useStarted(async () => {
		const simulator = await startSimulator({ deliveryMs: 0, balance: 10_000, ...options });
		const n8n = await startN8n();
		const desk = new FlowDesk(simulator, n8n);
		desk.credentials.microesimApi = await saveCredential(n8n.api, simulator);
		await desk.saveCredential('smtp', postbox.credential as IDataObject);
		const stop = async () => {
			await n8n.stop();
			await simulator.stop();
		};
		return { desk, simulator, n8n, stop };
	});
	return Object.assign(started, { postbox });
}
