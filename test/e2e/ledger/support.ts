import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { FlowDesk } from '../flows/desk';
import { chain, draftNode, publish } from '../harness';

const LEDGER = 'Order ledger';

/** An edit of the ledger by which also what was asked a moment ago is open at night. */
export const atOnce = (node: INode): INode => ({
	...node,
	parameters: JSON.parse(
		JSON.stringify(node.parameters).replace('hours: 1 ', 'seconds: -60 '),
	) as INode['parameters'],
});

/** A shop that asks, buys and notes what came of it. @param create more parameters of Order → Create @returns its path */
export async function publishShop(desk: FlowDesk, create: IDataObject = {}): Promise<string> {
	const { microesimApi } = desk.credentials;
	const parameters = {
		resource: 'order',
		operation: 'create',
		planId: { __rl: true, mode: 'id', value: '={{ $json.channel_dataplan_id }}' },
		customOrderNo: '={{ $json.custom_order_no }}',
		checks: { mustBeOnSale: true },
		...create,
	};
	const buy = draftNode('Buy', 'n8n-nodes-microesim.microesim', 2, parameters, {
		onError: 'continueErrorOutput',
		credentials: { microesimApi: microesimApi! },
	});
	const [before, bought, failed] = ['Before', 'Bought', 'Not Bought'].map((name) =>
		desk.callOf(LEDGER, name),
	) as [INode, INode, INode];
	return await desk.publish('Shop', [before, buy, bought], { Buy: [failed] });
}

/** What stands behind the trigger. @returns its address */
export async function publishReceiver(desk: FlowDesk): Promise<string> {
	const { api, credentials } = desk;
	const webhookId = randomUUID();
	const trigger = draftNode(
		'Delivered',
		'n8n-nodes-microesim.microesimTrigger',
		1.1,
		{},
		{
			webhookId,
			credentials: { microesimApi: credentials.microesimApi! },
		},
	);
	const nodes = [trigger, desk.callOf(LEDGER, 'Ledger')];
	await publish(api, 'Receiver', nodes, chain('Delivered', 'Ledger'));
	return `${api.url}/webhook/${webhookId}/microesim`;
}

/** Runs the nightly part of the ledger. @returns how its execution ended */
export const night = async (desk: FlowDesk): Promise<string> =>
	await desk.run(LEDGER, 'Every Night');
