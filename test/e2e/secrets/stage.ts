import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { Simulator } from '../../../simulator';
import { http } from '../../unit/simulator/client';
import {
	chain,
	draftNode,
	publish,
	saveCredential,
	until,
	type CredentialRef,
	type EditorApi,
} from '../harness';
import { startWire, type Wire } from './wire';

/** An n8n in which everything is to happen. */
export interface Stage {
	api: EditorApi;
	/** The addresses of the processes that serve its webhooks. */
	urls: string[];
	simulator: Simulator;
	/** Between n8n and MicroeSIM, and between MicroeSIM and n8n. */
	wires: Wire[];
	urlToken: string;
	credential: CredentialRef;
}

/** Sets a stage: MicroeSIM is reached by a wire. */
export async function setStage(
	n8n: { api: EditorApi; urls: string[] },
	simulator: Simulator,
	urlToken: string,
): Promise<Stage> {
	const wire = await startWire(simulator.url);
	const credential = await saveCredential(n8n.api, simulator, { baseUrl: wire.url, urlToken });
	return { ...n8n, simulator, wires: [wire], urlToken, credential };
}

/** A workflow that is set off by a call and answers when it has ended. @returns its path */
export async function callable(
	{ api, urls }: Pick<Stage, 'api' | 'urls'>,
	name: string,
	...nodes: INode[]
): Promise<string> {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} };
	const line = [draftNode('Webhook', 'webhook', 2, parameters, { webhookId: path }), ...nodes];
	await publish(api, name, line, chain(...line.map((node) => node.name)));
	for (const url of urls) await untilTaken(`${url}/webhook/${path}`);
	return `/webhook/${path}`;
}

/** Publishing goes on after n8n has answered: what does not exist yet is 404, by another method, too. */
async function untilTaken(url: string): Promise<void> {
	await until(async () => {
		const { text } = await http(url, 'GET', {}).catch(() => ({ text: '' }));
		return text.includes('POST') || text.includes('not registered for GET');
	}, `n8n serves ${url}`);
}

/** A node of ours with this credential. */
export const microesim = (
	name: string,
	credential: CredentialRef,
	parameters: IDataObject,
	more: Partial<INode> = {},
): INode =>
	draftNode(name, 'n8n-nodes-microesim.microesim', 1, parameters, {
		credentials: { microesimApi: credential },
		...more,
	});
