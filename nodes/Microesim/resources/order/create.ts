import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { buyAll } from '../../shared/order/buyAll';
import { concurrentOrders } from '../../shared/order/orderOptions';
import { unitsOf } from '../../shared/order/unitsOf';
import type { Operation, Outcome } from '../operation';
import { createFields } from './createFields';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create an order',
	description: 'Buy eSIMs of a plan. This costs real money in production.',
	fields: createFields,
	executeAll: buyItems,
	noteOnFailure: boughtNote,
};

/** Reads all items before the first order leaves: one bad item in ten must not leave three bought. */
async function buyItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	const concurrency = concurrentOrders(context);
	const asked = [...context.getInputData().keys()].map((itemIndex) => unitsOf(context, itemIndex));
	if (!continues && asked.some(({ error }) => error !== undefined)) {
		return asked.map(({ itemIndex, error }) => ({ itemIndex, results: [], error }));
	}
	const units = asked.flatMap((item) => item.units);
	const purchases = await buyAll(context, units, concurrency, !continues);
	return asked.map(({ itemIndex, error }) => {
		const own = purchases.filter((_, index) => units[index]!.itemIndex === itemIndex);
		return {
			itemIndex,
			results: own.flatMap((purchase) => ('bought' in purchase ? [{ json: purchase.bought }] : [])),
			error: error ?? own.flatMap((purchase) => ('error' in purchase ? [purchase.error] : []))[0],
		};
	});
}

/** The ids of orders that were paid before another item failed, so that none is lost. */
function boughtNote(done: IDataObject[]): string | undefined {
	const list = done
		.filter(({ topup_id }) => topup_id !== undefined)
		.map(({ topup_id, custom_order_no }) => `${String(topup_id)} (${String(custom_order_no)})`);
	if (list.length === 0) return undefined;
	return `Bought before this item failed, order ID and Custom Order Number: ${list.join(', ')}.`;
}
