import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../../shared/errors/refusal';
import { outputField, simplifyField, topupIdField } from '../../shared/fields';
import { readWaiting, waitForAll, waitingOptions, watchList, type Awaited } from '../../shared/order/waiting';
import { requiredText } from '../../shared/parameters';
import type { Operation, Outcome } from '../operation';
import { orderResults } from './get';

export const waitForDelivery: Operation = {
	name: 'Wait for Delivery',
	value: 'waitForDelivery',
	action: 'Wait for the delivery of an order',
	description: 'Look at orders again and again until their eSIMs are ready, all orders of the run together',
	fields: [
		topupIdField,
		simplifyField,
		outputField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: waitingOptions,
		},
	],
	executeAll: waitForItems,
};

/** These orders were placed some time ago, so the first look is taken at once. */
const FIRST_PAUSE_MS = 0;

async function waitForItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	const watched = watchList(context);
	const read = (itemIndex: number): Awaited | { itemIndex: number; error: NodeFailure } => {
		try {
			const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
			return { itemIndex, waiting: readWaiting(context, itemIndex), order: watched(topupId, itemIndex) };
		} catch (thrown) {
			return { itemIndex, error: nodeErrorOf(context, thrown, itemIndex) };
		}
	};
	const asked = [...context.getInputData().keys()].map(read);
	const refused = asked.flatMap((item) => ('error' in item ? [{ ...item, results: [] }] : []));
	if (!continues && refused.length > 0) return refused;
	const awaited = asked.flatMap((item) => ('error' in item ? [] : [item]));
	const errors = await waitForAll(context, awaited, FIRST_PAUSE_MS, !continues);
	const waited = awaited.map(({ itemIndex, order }, index): Outcome => {
		const error = errors[index];
		if (error) return { itemIndex, results: [], error };
		return { itemIndex, results: orderResults(context, itemIndex, order.topupId, order.seen) };
	});
	return [...refused, ...waited].sort((one, other) => one.itemIndex - other.itemIndex);
}
