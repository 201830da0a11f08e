import '../harness/environment';
import { SupplyDataContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { forgetOrders } from '../../inside';
import { createAdditionalData } from '../harness/additional-data';
import { MemoryCredentialsHelper } from '../harness/credentials';
import { createCredentialTypes } from '../harness/registry';
import { createWorkflow } from '../harness/workflow';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

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

const bench = useBench();
let executions = 900;
beforeEach(() => forgetOrders());

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

/** One call of the node by an AI agent, through the code n8n-core 2.41.1 uses for it. */
async function callTool(parameters: IDataObject, node: IDataObject) {
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
					parameters: {
						resource: 'order',
						operation: 'create',
						planId: planById(SAMPLE_PLAN),
						...parameters,
					} as never,
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
	return await makeHandleToolInvocation(
		factory,
		tool,
		nodeTypes.getByNameAndVersion(tool.type, tool.typeVersion),
		data,
	)({});
}

it('buys for an agent where it is allowed to', async () => {
	expect(JSON.stringify(await callTool({ agentMayBuy: true }, {}))).toContain('topup_id');
	expect(bench.simulator.ledger).toHaveLength(1);
});

it('buys for the agents of workflows that were saved with version 1', async () => {
	expect(JSON.stringify(await callTool({}, { typeVersion: 1 }))).toContain('topup_id');
	expect(bench.simulator.ledger).toHaveLength(1);
});

it.each([{}, { agentMayBuy: false }, { agentMayBuy: 'true' }, { agentMayBuy: 1 }])(
	'buys nothing for an agent that nobody allowed to: %j',
	async (parameters) => {
		await expect(callTool(parameters, {})).rejects.toThrow(
			'This tool may not buy: "Agent May Buy" is off',
		);
		expect(bench.simulator.requests).toEqual([]);
	},
);

it('shows any agent what it would buy', async () => {
	const shown = JSON.stringify(await callTool({ previewOnly: true }, {}));
	expect(shown).toContain('checks_passed');
	expect(bench.simulator.ledger).toEqual([]);
});

it('as a tool with Retry On Fail and the default number, which changes with each try, nothing is sent', async () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 5 };
	const call = callTool({ agentMayBuy: true }, retry);
	await expect(call).rejects.toThrow('the Custom Order Number changes with each try');
	expect(bench.simulator.requests).toEqual([]);
});
