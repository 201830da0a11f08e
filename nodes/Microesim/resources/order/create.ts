import type { IDataObject } from 'n8n-workflow';

import { readOrderRequest } from '../../shared/order/orderRequest';
import { placeOrder, refuseRetryOnFail } from '../../shared/order/place';
import type { Operation } from '../operation';
import { createFields } from './createFields';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create an order',
	description: 'Buy eSIMs of a plan. This costs real money in production.',
	fields: createFields,
	check(context, itemIndex) {
		refuseRetryOnFail(context, itemIndex);
		readOrderRequest(context, itemIndex);
	},
	async execute(context, itemIndex) {
		refuseRetryOnFail(context, itemIndex);
		const order = readOrderRequest(context, itemIndex);
		const topupId = await placeOrder(context, order, itemIndex);
		const asked = Object.fromEntries(
			Object.entries(order).filter(([, value]) => value !== undefined),
		);
		return [{ json: { topup_id: topupId, ...asked } }];
	},
	noteOnFailure: boughtNote,
};

/** The ids of orders that were paid before another item failed, so that none is lost. */
function boughtNote(done: IDataObject[]): string | undefined {
	if (done.length === 0) return undefined;
	const list = done.map(
		({ topup_id, custom_order_no }) => `${String(topup_id)} (${String(custom_order_no)})`,
	);
	return `Bought before this item failed, order ID and Custom Order Number: ${list.join(', ')}.`;
}
