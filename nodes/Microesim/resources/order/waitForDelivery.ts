import type { INodeProperties } from 'n8n-workflow';

import { outputField, simplifyField, topupIdField } from '../../shared/fields';
import { WatchedOrder } from '../../shared/order/watch';
import { optionsOf, requiredText, wholeNumber } from '../../shared/parameters';
import { poll } from '../../shared/polling';
import type { Operation } from '../operation';
import { orderResults } from './get';

const DEFAULT_WAIT_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 1800;

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'If Not Ready in Time',
			name: 'ifNotReady',
			type: 'options',
			options: [
				{
					name: 'Continue',
					value: 'continue',
					description: 'The order goes on with what it has, and delivered is false',
				},
				{ name: 'Stop With an Error', value: 'error' },
			],
			default: 'continue',
			description: 'What to do with an order that is not delivered within the Maximum Wait',
		},
		{
			displayName: 'Maximum Wait',
			name: 'maximumWait',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_WAIT_SECONDS },
			default: DEFAULT_WAIT_SECONDS,
			description:
				'How many seconds to wait. Most orders take up to 30, plans with "Local" in their name one or two minutes more.',
		},
	],
};

export const waitForDelivery: Operation = {
	name: 'Wait for Delivery',
	value: 'waitForDelivery',
	action: 'Wait for the delivery of an order',
	description: 'Look at an order again and again until its eSIMs are ready',
	fields: [topupIdField, simplifyField, outputField, optionsField],
	async execute(context, itemIndex) {
		const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
		const { maximumWait = DEFAULT_WAIT_SECONDS, ifNotReady } = optionsOf(context, itemIndex);
		const range: [number, number] = [1, LONGEST_WAIT_SECONDS];
		const seconds = wholeNumber(context, maximumWait, 'Maximum Wait', range, itemIndex);
		const order = new WatchedOrder(context, topupId, itemIndex);
		const ready = await poll(context, async () => await order.look(), seconds * 1000);
		if (!ready && ifNotReady === 'error') throw order.notReady(seconds);
		if (!ready) order.throwIfNeverSeen();
		return orderResults(context, itemIndex, topupId, order.seen);
	},
};
