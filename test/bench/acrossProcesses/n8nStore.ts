import type * as Di from '@n8n/di';
import type * as Core from 'n8n-core';
import type * as WorkflowPackage from 'n8n-workflow';
import type { IExecuteFunctions, INode, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

/** What is used of n8n's own database code, which is no dependency of this project. */
interface Database {
	DbConnection: Service<{ init(): Promise<void>; migrate(): Promise<void> }>;
	WorkflowRepository: Service<{ insert(row: object): Promise<unknown> }>;
}
type Service<Instance> = new (...parts: unknown[]) => Instance;
interface Deduplication {
	getDataDeduplicationService(): Parameters<typeof DataDeduplicationService.init>[0];
}

/** Every part of n8n comes from the n8n that is asked for: a second copy would have a store of its own. */
const fromN8n = createRequire(process.env.N8N_FILE!);
fromN8n('reflect-metadata');
const { Container } = fromN8n('@n8n/di') as typeof Di;
const { DataDeduplicationService, ExecuteContext } = fromN8n('n8n-core') as typeof Core;
const { createRunExecutionData, Workflow } = fromN8n('n8n-workflow') as typeof WorkflowPackage;
const { DbConnection, WorkflowRepository } = fromN8n('@n8n/db') as Database;
const { getDataDeduplicationService } = fromN8n('n8n/dist/deduplication/index.js') as Deduplication;

/** Connects n8n's database, and n8n's store of processed items to it. */
export async function startStore(): Promise<void> {
	await Container.get(DbConnection).init();
	await DataDeduplicationService.init(getDataDeduplicationService());
}

/** Makes n8n's tables. */
export async function migrate(): Promise<void> {
	await Container.get(DbConnection).migrate();
}

/** Makes a workflow with nothing in it. */
export async function addWorkflow(id: string): Promise<void> {
	const row = { id, name: id, active: false, nodes: [], connections: {}, versionId: randomUUID() };
	await Container.get(WorkflowRepository).insert(row);
}

let executions = 0;

/** What n8n hands to the execution of a node: with the helpers of n8n itself. */
export function executionOf(workflowId: string, nodeId: string): IExecuteFunctions {
	const node: INode = {
		id: nodeId,
		name: 'Buy',
		type: 'n8n-nodes-microesim.microesim',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: workflowId,
		nodes: [node],
		connections: {},
		active: true,
		// the store asks for no parameter
		nodeTypes: { getByNameAndVersion: () => undefined } as never,
	});
	return new ExecuteContext(
		workflow,
		node,
		{ executionId: String(++executions) } as IWorkflowExecuteAdditionalData,
		'trigger',
		createRunExecutionData({}),
		0,
		[{ json: {} }],
		{ main: [[{ json: {} }]] },
		{ node, data: { main: [[{ json: {} }]] }, source: null },
		[],
	);
}
