import { PollContext } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeExecutionData,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { newestVersion } from './registry';
import type { NodeDraft } from './types';
import { createWorkflow } from './workflow';

export interface PollOptions {
	node: NodeDraft;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** What n8n keeps of the workflow; the node changes it. */
	staticData: IDataObject;
	/** `manual` is "Fetch Test Event" in the editor. */
	mode: 'manual' | 'trigger';
}

/**
 * Lets a polling node look once, as n8n does when its time has come.
 *
 * @returns what starts a run; null where nothing does
 * @throws what the node throws
 */
export async function poll(
	{ node, credentials, staticData, mode }: PollOptions,
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeExecutionData[][] | null> {
	const workflow = createWorkflow(
		{ nodes: [node], connections: {}, credentials, staticData },
		nodeTypes,
	);
	const version = node.typeVersion ?? newestVersion(nodeTypes, node.type);
	const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(node.type), version);
	const activation = mode === 'manual' ? 'manual' : 'activate';
	const made = workflow.getNode(node.name)!;
	const context = new PollContext(workflow, made, additionalData, mode, activation);
	return await type.poll!.call(context);
}
