import { HookContext } from 'n8n-core';
import {
	NodeHelpers,
	type INodeTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { newestVersion } from './registry';
import type { WebhookOptions } from './webhook';
import { createWorkflow } from './workflow';

/**
 * Asks a webhook node whether it is set up, as n8n does before it serves it: when a workflow is published, when n8n
 * starts, and when somebody lets it listen for a test.
 *
 * @throws what the node throws
 */
export async function activate(
	{ node, credentials }: WebhookOptions,
	activation: WorkflowActivateMode,
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<boolean> {
	const workflow = createWorkflow({ nodes: [node], connections: {}, credentials }, nodeTypes);
	const made = workflow.getNode(node.name)!;
	const version = node.typeVersion ?? newestVersion(nodeTypes, node.type);
	const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(node.type), version);
	const mode = activation === 'manual' ? 'manual' : 'trigger';
	const webhook = { webhookDescription: type.description.webhooks![0] } as IWebhookData;
	const context = new HookContext(workflow, made, additionalData, mode, activation, webhook);
	return await type.webhookMethods!.default!.checkExists.call(context);
}
