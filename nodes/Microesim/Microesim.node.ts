import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { searchPlans } from './methods/searchPlans';
import { properties, subtitle } from './resources';
import { resumeWebhooks, wakeByPush } from './resources/order/wakeByPush';
import { runItems } from './resources/runItems';

export class Microesim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MicroeSIM',
		name: 'microesim',
		icon: { light: 'file:microesim.svg', dark: 'file:microesim.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle,
		description: 'Buy eSIMs from MicroeSIM, wait for their delivery and look after them',
		defaults: { name: 'MicroeSIM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'microesimApi', required: true }],
		webhooks: resumeWebhooks,
		properties,
	};

	methods = { listSearch: { searchPlans } };

	/** Only for executions that wait for a callback. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await wakeByPush(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this)];
	}
}
