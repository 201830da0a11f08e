import {
	NodeHelpers,
	nodeParametersAreStatic,
	resolveWebhookDescriptionField,
	webhookDescriptionIsNativelyResolvable,
	type IWebhookDescription,
} from 'n8n-workflow';

import { MicroesimTrigger } from '../../inside';
import { isBefore } from '../harness/olderN8n';
import { createWorkflow } from '../harness/workflow';

/** How n8n finds out what to answer: without its expression engine, which costs more than the push itself. */
const node = new MicroesimTrigger();
const nodeTypes = {
	getByName: () => node,
	getByNameAndVersion: (_: string, version?: number) =>
		NodeHelpers.getVersionedNodeType(node, version),
	getKnownTypes: () => ({}),
};
const { webhooks } = node.description as { webhooks: IWebhookDescription[] };

/** Before n8n told what needs no expressions, all webhooks went by them. */
const needsExpressions = isBefore(2, 41);
const since = needsExpressions ? it.skip : it;

since('needs no expression engine for any webhook', () => {
	expect(webhooks.map((webhook) => webhookDescriptionIsNativelyResolvable(webhook))).toEqual([
		true,
		true,
	]);
});

describe.each(['onReceived', 'lastNode', undefined])('Respond %s', (respond) => {
	it.each(['responseMode', 'responseData'] as const)(
		'%s is what the expression says, which older versions of n8n go by',
		(field) => {
			const workflow = createWorkflow(
				{
					nodes: [
						{
							name: 'Trigger',
							type: 'n8n-nodes-microesim.microesimTrigger',
							parameters: respond === undefined ? {} : { respond },
						},
					],
					connections: {},
				},
				nodeTypes,
			);
			const saved = workflow.getNode('Trigger')!;
			const [webhook] = webhooks;
			expect(webhook![field]).toMatch(/^=/);
			const value = workflow.expression.getSimpleParameterValue(
				saved,
				webhook![field],
				'webhook',
				{},
			);
			expect(typeof value).toBe('string');
			if (needsExpressions) return;
			expect(nodeParametersAreStatic(saved)).toBe(true);
			expect(resolveWebhookDescriptionField(saved, webhook!, field)).toEqual({
				resolved: true,
				value,
			});
		},
	);
});

since('has the expressions alone where n8n knows no more', () => {
	jest.isolateModules(() => {
		const newer = jest.requireActual<object>('n8n-workflow');
		jest.doMock('n8n-workflow', () => ({ ...newer, webhookDescriptionFields: undefined }));
		const inside = jest.requireActual<{ MicroesimTrigger: typeof MicroesimTrigger }>(
			'../../inside',
		);
		const [webhook] = new inside.MicroesimTrigger().description.webhooks!;
		expect(Object.entries(webhook!)).toEqual(Object.entries(webhooks[0]!));
		expect(Object.getOwnPropertySymbols(webhook)).toEqual([]);
		expect(Object.getOwnPropertySymbols(webhooks[0])).toHaveLength(1);
	});
});
