import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { AwaitedOrder, itemPerEsim, waitUntil } from '../inside';

/** What a workflow does that loops over its orders: it waits for the first, then for the second, and so on. */
export class OneAfterAnother implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'One After Another',
		name: 'oneAfterAnother',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'One After Another' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'microesimApi', required: true }],
		properties: [{ displayName: 'Order ID', name: 'topupId', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const order = new AwaitedOrder(this, this.getNodeParameter('topupId', item) as string, item);
			const pauseMs = (elapsedMs: number) => order.pauseMs(elapsedMs);
			await waitUntil(this, async () => await order.look(), {
				firstPauseMs: 0,
				pauseMs,
				maximumMs: 120_000,
			});
			output.push(...itemPerEsim(order.order).map((json) => ({ json, pairedItem: { item } })));
		}
		return [output];
	}
}
