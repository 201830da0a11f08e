import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { FOR_A_TEST, triggerFields, WHERE_IT_GOES } from './trigger/fields';
import { receivePush } from './trigger/receive';
import { answering } from './trigger/respond';
import { handOn } from './trigger/run';
import { faultInSettings, readSettings } from './trigger/settings';
import { faultInPublishing, freshToken } from './trigger/urlToken';

export class MicroesimTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MicroeSIM Trigger',
		name: 'microesimTrigger',
		icon: { light: 'file:microesim.svg', dark: 'file:microesim.dark.svg' },
		group: ['trigger'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		// In the nodes panel this stands for the whole package.
		description: 'Buy eSIMs for travelers, or start the workflow when one is delivered',
		subtitle: 'eSIM delivered',
		eventTriggerDescription: 'Waiting for MicroeSIM to push an order',
		activationMessage: `Now waiting for pushes. ${WHERE_IT_GOES}`,
		defaults: { name: 'MicroeSIM Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'microesimApi',
				required: true,
				// "Nothing", of workflows of 0.1, has its token in the node.
				displayOptions: { show: { verifyBy: ['lookup', 'order', 'signature', 'token'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...answering,
				path: 'microesim',
			},
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'microesim',
				// The same address, once more.
				ndvHideUrl: true,
			},
		],
		triggerPanel: {
			header: 'Receive orders from MicroeSIM',
			executionsHelp: {
				inactive: `${WHERE_IT_GOES} ${FOR_A_TEST}`,
				active: `This workflow runs for every eSIM that MicroeSIM pushes to the Production URL. ${WHERE_IT_GOES}`,
			},
			activationHint:
				'Publish the workflow so that MicroeSIM can reach its Production URL at any time.',
		},
		properties: triggerFields,
	};

	/** MicroeSIM has no call to register, find or remove a callback address: nothing here pretends to. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const settings = readSettings(this);
				const fault = faultInSettings(settings) ?? (await faultInPublishing(this, settings));
				if (fault !== undefined) throw new NodeOperationError(this.getNode(), fault);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (this.getWebhookName() === 'setup') {
			return {
				webhookResponse: `This is a callback address for MicroeSIM.\n\nDoes it have a URL Token yet? Here is a random one that nobody else was shown: ${freshToken()}`,
			};
		}
		return await receivePush(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await handOn(this);
	}
}
