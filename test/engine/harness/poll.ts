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
	/** What the process of n8n has of the workflow; the node changes it. */
	staticData: IDataObject;
	/** `publish` is the look when a workflow is published or n8n starts, `manual` "Fetch Test Event" in the editor. */
	mode: 'manual' | 'publish' | 'trigger';
	/** Called when n8n writes that into its database: at publishing and with a run, if it was seen to change. */
	onSave(staticData: IDataObject): void;
}

/**
 * Lets a polling node look once, as n8n does when its time has come.
 *
 * @returns what starts a run; null where nothing does
 * @throws what the node throws
 */
export async function poll(
	{ node, credentials, staticData, mode, onSave }: PollOptions,
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeExecutionData[][] | null> {
	const workflow = createWorkflow(
		{ nodes: [node], connections: {}, credentials, staticData },
		nodeTypes,
	);
	const version = node.typeVersion ?? newestVersion(nodeTypes, node.type);
	const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(node.type), version);
	const [running, activation] =
		mode === 'manual' ? (['manual', 'manual'] as const) : (['trigger', 'activate'] as const);
	const made = workflow.getNode(node.name)!;
	const context = new PollContext(workflow, made, additionalData, running, activation);
	const items = await type.poll!.call(context);
	const isSaved = mode === 'publish' || (mode === 'trigger' && items !== null);
	if (isSaved && workflow.staticData.__dataChanged === true) onSave(workflow.staticData);
	return items;
}
