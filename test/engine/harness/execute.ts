import './environment';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type INodeTypes,
	type IPinData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { RunResult } from './result';
import type { WorkflowRequest } from './types';
import { createWorkflow } from './workflow';

function startNodeOf(workflow: Workflow, name?: string) {
	const node = name === undefined ? workflow.getStartNode() : workflow.getNode(name);
	if (!node) throw new Error(`No node to start from${name === undefined ? '' : `: "${name}"`}`);
	return node;
}

/** In a test run n8n calls a trigger and ignores its input; the editor pins what it should emit. */
function pinnedData(
	{ mode, input, pinData }: WorkflowRequest,
	startNode: string,
): IPinData | undefined {
	return mode === 'manual' && input ? { [startNode]: input, ...pinData } : pinData;
}

/**
 * Runs a workflow in n8n-core's WorkflowExecute. Rejects where n8n refuses to start at all
 * (a required parameter is empty: WorkflowHasIssuesError); a failing node ends up in the result's
 * `error()`.
 */
export async function execute(
	request: WorkflowRequest,
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
	defaultNode?: string,
): Promise<RunResult> {
	const { mode = 'trigger', input = [{ json: {} }], signal } = request;
	const workflow = createWorkflow(request, nodeTypes);
	const startNode = startNodeOf(workflow, request.startNode);
	const { id, name = '', active, connectionsBySourceNode, settings } = workflow;
	additionalData.workflowSettings = settings;
	additionalData.hooks = new ExecutionLifecycleHooks(mode, additionalData.executionId ?? '', {
		id,
		name,
		active,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: Object.values(workflow.nodes),
		connections: connectionsBySourceNode,
		settings,
	});

	const execution = new WorkflowExecute(
		additionalData,
		mode,
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node: startNode, data: { main: request.inputs ?? [input] }, source: null },
				],
			},
			resultData: { pinData: pinnedData(request, startNode.name) },
		}),
	);
	const running = execution.processRunExecutionData(workflow);
	const cancel = () => running.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	try {
		return new RunResult(await running, workflow, defaultNode);
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}
