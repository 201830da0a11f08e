import type { IConnections, IDataObject, INode, IWorkflowSettings } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Simulator } from '../../../simulator';
import type { EditorApi } from './api';
import { readSetup } from './setup';

/** A saved credential, as nodes name it. */
export interface CredentialRef {
	id: string;
	name: string;
}

/** An active workflow that begins with the trigger. */
export interface Flow {
	id: string;
	/** Production URL, below n8n's address. */
	path: string;
}

export const TRIGGER = 'MicroeSIM Trigger';

/** The version of it that the editor gives to new nodes. */
const NEWEST = 1.1;

/** Keeps a credential for the simulator in n8n. @param more further fields of it @param name what its lists show */
export async function saveCredential(
	api: EditorApi,
	{ url, account, secret, salt }: Simulator,
	more: IDataObject = {},
	name = `Simulator ${randomUUID()}`,
): Promise<CredentialRef> {
	const data = {
		environment: 'custom',
		baseUrl: url,
		account,
		secret,
		salt,
		bodyFormat: 'multipart',
		...more,
	};
	return await api.call('POST', '/credentials', {
		name,
		type: 'microesimApi',
		data,
	});
}

/** The node behind the trigger. */
export type NodeAfter = Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters'>;

/** A node that hands on what it gets. */
export const NOTHING: NodeAfter = {
	name: 'Nothing',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

/**
 * Saves a workflow of the trigger and a node after it, activates it and waits until its address is known to n8n.
 *
 * @param at addresses of all processes that serve its webhook
 */
export async function activateFlow(
	api: EditorApi,
	credential: CredentialRef,
	parameters: IDataObject = {},
	{
		after = NOTHING,
		at = [api.url],
		typeVersion = NEWEST,
	}: { after?: NodeAfter; at?: string[]; typeVersion?: number } = {},
): Promise<Flow> {
	const nodes: Saved[] = [
		{ ...triggerNode(TRIGGER, credential, parameters), typeVersion },
		{ ...after, id: randomUUID(), position: [260, 0] },
	];
	const { id, paths } = await activate(api, nodes, at);
	return { id, path: paths[0]! };
}

export type Saved = Partial<INode> & { name: string };

/** Saves a workflow and activates it, which goes on after n8n has answered. @returns its id */
export async function publish(
	api: EditorApi,
	name: string,
	nodes: Saved[],
	connections: IConnections,
	settings: IWorkflowSettings = { executionOrder: 'v1' },
): Promise<string> {
	const workflow = { name, nodes, connections, settings };
	const saved = await api.call<{ id: string; versionId: string }>('POST', '/workflows', workflow);
	await activateSaved(api, saved);
	return saved.id;
}

/** n8n 1 has no versions of workflows to be activated. */
async function activateSaved(api: EditorApi, { id, versionId }: { id: string; versionId: string }) {
	if (readSetup().version.startsWith('1.'))
		await api.call('PATCH', `/workflows/${id}`, { active: true });
	else await api.call('POST', `/workflows/${id}/activate`, { versionId });
}

const triggerNode = (name: string, credential: CredentialRef, parameters: IDataObject): Saved => ({
	id: randomUUID(),
	name,
	type: 'n8n-nodes-microesim.microesimTrigger',
	typeVersion: NEWEST,
	position: [0, 0],
	webhookId: randomUUID(),
	parameters: parameters as INode['parameters'],
	credentials: { microesimApi: credential },
});

/** Leads all triggers to the last node. */
async function activate(
	api: EditorApi,
	nodes: Saved[],
	at: string[],
): Promise<{ id: string; paths: string[] }> {
	const triggers = nodes.filter(({ webhookId, type }) => webhookId && type?.endsWith('Trigger'));
	const connections: IConnections = Object.fromEntries(
		triggers.map(({ name }) => [
			name,
			{ main: [[{ node: nodes.at(-1)!.name, type: 'main', index: 0 }]] },
		]),
	);
	const id = await publish(api, `Test ${triggers[0]!.webhookId}`, nodes, connections);
	const paths = triggers.map(({ webhookId }) => `/webhook/${webhookId}/microesim`);
	for (const url of at) for (const path of paths) await served(`${url}${path}`);
	return { id, paths };
}

/** The name of the other trigger of a workflow that has two. */
export const TWIN = 'MicroeSIM Trigger 2';

/** Saves and activates a workflow with two triggers that lead to the same node. @returns the addresses of both */
export async function activateTwin(
	api: EditorApi,
	credential: CredentialRef,
): Promise<{ id: string; paths: string[] }> {
	const triggers = [TRIGGER, TWIN].map((name) => triggerNode(name, credential, {}));
	return await activate(
		api,
		[...triggers, { ...NOTHING, id: randomUUID(), position: [260, 0] }],
		[api.url],
	);
}

/** Activation goes on after n8n has answered. */
export async function served(url: string): Promise<void> {
	for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
		const { status } = await fetch(url).catch(() => ({ status: 0 }));
		if (status === 200) return;
		if (Date.now() > deadline) throw new Error(`n8n does not serve ${url}: ${status}`);
	}
}
