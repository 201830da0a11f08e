import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../../shared/errors/refusal';
import { outputField, simplifyField, topupIdField } from '../../shared/fields';
import {
	readWaiting,
	waitForAll,
	waitingOptions,
	watchList,
	type Awaited,
} from '../../shared/order/waiting';
import { requiredText } from '../../shared/parameters';
import type { Operation, Outcome } from '../operation';
import { callbackDeadline, sleepUntilCallback } from './callbackWait';
import { orderResults } from './get';

export const waitForDelivery: Operation = {
	name: 'Wait for Delivery',
	value: 'waitForDelivery',
	action: 'Wait for the delivery of an order',
	description:
		'Look at orders again and again until their eSIMs are ready, all orders of the run together',
	fields: [
		topupIdField,
		{
			displayName: 'Wait For',
			name: 'waitFor',
			type: 'options',
			options: [
				{
					name: 'Delivery by Callback',
					value: 'callback',
					description: 'The execution sleeps until MicroeSIM calls back; one order per execution',
				},
				{
					name: 'Delivery by Looking',
					value: 'looking',
					description: 'The node looks again and again, for all orders of the run together',
				},
			],
			default: 'looking',
			description: 'How the node learns that an order is ready',
		},
		{
			displayName:
				'Set the option Notify URL of the Order → Create node before this one to {{ $execution.resumeUrl }}, as an expression. When the deadline passes, the item goes on as it came in: it has no field "delivered".',
			name: 'callbackNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { waitFor: ['callback'] } },
		},
		simplifyField,
		outputField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				callbackDeadline,
				...waitingOptions.map((option) => ({
					...option,
					displayOptions: { show: { '/waitFor': ['looking'] } },
				})),
			],
		},
	],
	executeAll: waitForItems,
};

/** These orders were placed some time ago, so the first look is taken at once. */
const FIRST_PAUSE_MS = 0;

async function waitForItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	if (context.getNodeParameter('waitFor', 0, 'looking') === 'callback')
		return await sleepUntilCallback(context);
	const watched = watchList(context);
	const read = (itemIndex: number): Awaited | { itemIndex: number; error: NodeFailure } => {
		try {
			const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
			return {
				itemIndex,
				waiting: readWaiting(context, itemIndex),
				order: watched(topupId, itemIndex),
			};
		} catch (thrown) {
			return { itemIndex, error: nodeErrorOf(context, thrown, itemIndex) };
		}
	};
	const asked = [...context.getInputData().keys()].map(read);
	const refused = asked.flatMap((item) =>
		'error' in item ? [{ itemIndex: item.itemIndex, results: [], errors: [item.error] }] : [],
	);
	if (!continues && refused.length > 0) return refused;
	const awaited = asked.flatMap((item) => ('error' in item ? [] : [item]));
	const errors = await waitForAll(context, awaited, FIRST_PAUSE_MS, !continues);
	const waited = awaited.map(({ itemIndex, order }, index): Outcome => {
		const error = errors[index];
		if (error) return { itemIndex, results: [], errors: [error] };
		return { itemIndex, results: orderResults(context, itemIndex, order.topupId, order.seen) };
	});
	return [...refused, ...waited].sort((one, other) => one.itemIndex - other.itemIndex);
}
