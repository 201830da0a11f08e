import './environment';
import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeCredentials,
	type INodeTypes,
} from 'n8n-workflow';

import { newestVersion } from './registry';
import type { CredentialData, NodeDraft, WorkflowRequest } from './types';

/** Every credential the test gave that the node can use: what a user would have picked. */
function pickCredentials(
	{ type, typeVersion, parameters = {} }: NodeDraft,
	nodeTypes: INodeTypes,
	given: CredentialData,
): INodeCredentials {
	const { description } = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(type), typeVersion);
	const usable = [
		...(description.credentials ?? []).map(({ name }) => name),
		// The HTTP Request node names its credential type in a parameter.
		parameters.nodeCredentialType,
		parameters.genericAuthType,
	];
	const names = Object.keys(given).filter((name) => usable.includes(name));
	return Object.fromEntries(names.map((name) => [name, { id: idOf(given, name), name }]));
}

const ids = new WeakMap<CredentialData, string>();
let saved = 0;

/** As in n8n, other credentials have other ids, and one keeps its own when it is edited. */
function idOf(given: CredentialData, name: string): string {
	const id = ids.get(given) ?? String(++saved);
	ids.set(given, id);
	return `${name} ${id}`;
}

/** Fills in what n8n's editor would have written. */
function toNode(
	draft: NodeDraft,
	index: number,
	nodeTypes: INodeTypes,
	given: CredentialData = {},
): INode {
	const { name, type, typeVersion = newestVersion(nodeTypes, type) } = draft;
	const picked = pickCredentials({ ...draft, typeVersion }, nodeTypes, given);
	const credentials = { ...picked, ...draft.credentials };
	return {
		// Not random: n8n's duplicate store goes by the node's id, which survives between executions.
		id: name,
		position: [index * 200, 0],
		parameters: {},
		...draft,
		typeVersion,
		...(Object.keys(credentials).length > 0 && { credentials }),
	};
}

/** The workflow as n8n holds it in memory, parameters completed with their defaults. */
export function createWorkflow(request: WorkflowRequest, nodeTypes: INodeTypes): Workflow {
	const {
		nodes,
		connections,
		settings,
		staticData,
		credentials,
		workflowId = 'workflow',
	} = request;
	return new Workflow({
		id: workflowId,
		name: 'Test workflow',
		nodes: nodes.map((draft, index) => toNode(draft, index, nodeTypes, credentials)),
		connections,
		active: request.mode !== 'manual',
		nodeTypes,
		staticData,
		settings: { executionOrder: 'v1', timezone: 'UTC', ...settings },
	});
}
