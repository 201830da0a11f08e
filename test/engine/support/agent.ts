import '../harness/environment';
import { SupplyDataContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { createAdditionalData } from '../harness/additional-data';
import { MemoryCredentialsHelper } from '../harness/credentials';
import { createCredentialTypes } from '../harness/registry';
import { createWorkflow } from '../harness/workflow';
import type { Bench } from './microesim';

const { makeHandleToolInvocation } =
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	require('n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data') as {
		makeHandleToolInvocation: (
			factory: (runIndex: number) => SupplyDataContext,
			node: unknown,
			type: unknown,
			data: unknown,
		) => (args: IDataObject) => Promise<unknown>;
	};

let executions = 900;

const TOOL = 'n8n-nodes-microesim.microesimTool';

/** n8n makes a second type of a node that agents may use: the same under another name, by which fields are shown. */
function withTool(nodeTypes: INodeTypes): INodeTypes {
	const own = (type: string) => (type === TOOL ? TOOL.slice(0, -'Tool'.length) : type);
	const named = <Type extends INodeType | IVersionedNodeType>(node: Type, type: string): Type =>
		type === TOOL
			? Object.assign(Object.create(node) as Type, {
					description: { ...node.description, name: TOOL },
				})
			: node;
	return {
		getByName: (type) => named(nodeTypes.getByName(own(type)), type),
		getByNameAndVersion: (type, version) =>
			named(nodeTypes.getByNameAndVersion(own(type), version), type),
		getKnownTypes: () => nodeTypes.getKnownTypes(),
	};
}

/**
 * One call of the node by an AI agent, through the code n8n-core 2.41.1 uses for it.
 *
 * @returns what the model gets to read
 */
export async function callTool(
	bench: Bench,
	parameters: IDataObject,
	node: IDataObject = {},
): Promise<string> {
	const credentials = { microesimApi: bench.credential };
	const nodeTypes = withTool(bench.engine.nodeTypes);
	const workflow = createWorkflow(
		{
			workflowId: 'agent',
			credentials,
			nodes: [
				{
					name: 'Tool',
					type: TOOL,
					parameters: parameters as never,
					...node,
				},
			],
			connections: {},
		},
		nodeTypes,
	);
	const helper = new MemoryCredentialsHelper(createCredentialTypes(), credentials);
	const additional = createAdditionalData(helper, String(++executions), 'agent');
	const data = createRunExecutionData({});
	const tool = workflow.getNode('Tool')!;
	const factory = (runIndex: number) =>
		new SupplyDataContext(
			workflow,
			tool,
			additional,
			'trigger',
			data,
			runIndex,
			[{ json: {} }],
			{},
			'ai_tool',
			{ node: tool, data: { main: [[{ json: {} }]] }, source: null },
			[],
			undefined as never,
		);
	const reply = await makeHandleToolInvocation(
		factory,
		tool,
		nodeTypes.getByNameAndVersion(tool.type, tool.typeVersion),
		data,
	)({});
	return typeof reply === 'string' ? reply : JSON.stringify(reply);
}
