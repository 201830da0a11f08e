import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { watchFields } from './watch/fields';
import { pollChanges } from './watch/poll';

export class MicroesimWatchTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MicroeSIM Watch Trigger',
		name: 'microesimWatchTrigger',
		icon: { light: 'file:microesim.svg', dark: 'file:microesim.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'Balance and plans',
		description: 'Start the workflow when the balance runs low, or when plans or prices change',
		defaults: { name: 'MicroeSIM Watch Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'microesimApi', required: true }],
		properties: watchFields,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollChanges(this);
	}
}
