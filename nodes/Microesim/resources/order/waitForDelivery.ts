import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../../shared/errors/refusal';
import { ordersToAwait, waitForAll, type Wait } from '../../shared/order/waitForAll';
import { readWaitOptions } from '../../shared/order/waitOptions';
import { optionsOf, requiredText } from '../../shared/parameters';
import type { Operation, Outcome } from '../operation';
import { orderResults } from './get';
import { sleepUntilCallback } from './sleepUntilCallback';
import { waitForDeliveryFields } from './waitForDeliveryFields';

export const waitForDelivery: Operation = {
	name: 'Wait for Delivery',
	value: 'waitForDelivery',
	action: 'Wait for order delivery',
	subtitle: 'Wait for delivery',
	description:
		'Look at orders again and again until their eSIMs are ready, all orders of the run together',
	fields: waitForDeliveryFields,
	executeAll: waitForItems,
};

/** What an item waits for, and how it is put out. */
type Asked = Wait & { resultsOf: ReturnType<typeof orderResults> };

async function waitForItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	if (context.getNodeParameter('waitFor', 0, 'looking') === 'callback')
		return await sleepUntilCallback(context);
	const orderFor = ordersToAwait(context);
	const read = (itemIndex: number): Asked | { itemIndex: number; error: NodeFailure } => {
		try {
			const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
			return {
				itemIndex,
				options: readWaitOptions(context, optionsOf(context, itemIndex), itemIndex),
				order: orderFor(topupId, itemIndex),
				resultsOf: orderResults(context, itemIndex),
			};
		} catch (thrown) {
			return { itemIndex, error: nodeErrorOf(context, thrown, itemIndex) };
		}
	};
	const asked = [...context.getInputData().keys()].map(read);
	const refused = asked.flatMap((item) =>
		'error' in item
			? [{ itemIndex: item.itemIndex, results: [], errors: [{ error: item.error }] }]
			: [],
	);
	if (!continues && refused.length > 0) return refused;
	const waits = asked.flatMap((item) => ('error' in item ? [] : [item]));
	const errors = await waitForAll(context, waits, !continues);
	const waited = waits.map(async ({ itemIndex, order, resultsOf }, index): Promise<Outcome> => {
		const error = errors[index];
		if (error) return { itemIndex, results: [], errors: [{ error }] };
		return { itemIndex, results: await resultsOf(order.topupId, order.seen) };
	});
	return [...refused, ...(await Promise.all(waited))].sort(
		(one, other) => one.itemIndex - other.itemIndex,
	);
}
