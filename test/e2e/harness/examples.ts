import type { IConnections, IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CredentialRef } from './workflow';

const FOLDER = join(__dirname, '../../../examples');

/** The names of all examples, without `.json`. */
export const exampleNames = (): string[] =>
	readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', ''));

/** A file that lies beside the examples. */
export const exampleFile = (name: string): Buffer => readFileSync(join(FOLDER, name));

/** Which credential a node of each type takes. */
const KINDS: Array<[string, string]> = [
	['n8n-nodes-microesim.', 'microesimApi'],
	['n8n-nodes-base.emailSend', 'smtp'],
	['n8n-nodes-base.shopify', 'shopifyAccessTokenApi'],
	['n8n-nodes-base.wooCommerce', 'wooCommerceApi'],
	['n8n-nodes-base.slack', 'slackApi'],
	['n8n-nodes-base.telegram', 'telegramApi'],
	['n8n-nodes-base.formTrigger', 'httpBasicAuth'],
	['@n8n/n8n-nodes-langchain.lmChatOpenAi', 'openAiApi'],
	['@n8n/n8n-nodes-langchain.mcpTrigger', 'httpBearerAuth'],
	['n8n-nodes-base.crypto', 'crypto'],
];

/** An HTTP Request names the credential that it borrows. */
const kindOf = ({ type, parameters }: INode): string | undefined =>
	(parameters.nodeCredentialType as string | undefined) ??
	KINDS.find(([start]) => type.startsWith(start))?.[1];

/** A workflow of examples/ as a user imports it: credentials are chosen, nothing else is changed. */
export function readExample(
	name: string,
	credentials: Record<string, CredentialRef>,
): IWorkflowBase {
	const example = JSON.parse(exampleFile(`${name}.json`).toString()) as IWorkflowBase;
	const nodes = example.nodes.map((node): INode => {
		const kind = kindOf(node);
		const credential = kind && credentials[kind];
		return credential ? { ...node, credentials: { [kind]: credential } } : node;
	});
	return { ...example, nodes };
}

/** A node as a test writes it. @param type in full, or the name of one of n8n's own */
export const draftNode = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: IDataObject,
	more: Partial<INode> = {},
): INode => ({
	id: randomUUID(),
	name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	...more,
});

/** Leads each node to the next one. */
export const chain = (...names: string[]): IConnections =>
	Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1]!, type: 'main', index: 0 }]] },
			]),
	);
