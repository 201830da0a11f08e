import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { asText } from '../../shared/answers/text';
import { buyAll } from '../../shared/order/buyAll';
import { deliver, type Delivery } from '../../shared/order/deliver';
import { hintAtLongFields } from '../../shared/order/longFields';
import { concurrentOrders } from '../../shared/order/orderOptions';
import { readOrders } from '../../shared/order/readOrders';
import { hintAtStarts } from '../../shared/order/startsAtOnce';
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
	const asked = readOrders(context);
	if (!continues && asked.some(({ error }) => error !== undefined)) {
		return asked.map(({ itemIndex, error }) => ({
			itemIndex,
			results: [],
			errors: error && [error],
		}));
	}
	const wanted = asked.flatMap(({ orders }) => orders);
	hintAtLongFields(context, wanted);
	const purchases = await buyAll(context, wanted, concurrency, !continues);
	const failed = purchases.flatMap((purchase) => ('error' in purchase ? [purchase] : []));
	const bought = purchases.flatMap((purchase) => ('bought' in purchase ? [purchase] : []));
	// Where the run ends with an error anyway, its orders are told at once and not waited for.
	const waits = continues || failed.length === 0;
	const [deliveries] = waits
		? await Promise.all([deliver(context, bought), hintAtStarts(context, bought)])
		: [bought.map(({ bought: one }): Delivery => ({ items: [one] }))];
	const deliveriesOf = byItem(deliveries, (index) => bought[index]!.wanted.itemIndex);
	const failedOf = byItem(failed, (index) => failed[index]!.wanted.itemIndex);
	return asked.map(({ itemIndex, error }) => {
		const own = deliveriesOf.get(itemIndex) ?? [];
		const errors = [
			error,
			...(failedOf.get(itemIndex) ?? []).map((one) => one.error),
			...own.map((one) => one.error),
		];
		return {
			itemIndex,
			results: own.flatMap(({ items }) => items.map((json) => ({ json }))),
			errors: errors.filter((one) => one !== undefined),
		};
	});
}

/** What belongs to each item, in its sequence. @param itemOf told the index of an entry */
function byItem<T>(entries: readonly T[], itemOf: (index: number) => number): Map<number, T[]> {
	const grouped = new Map<number, T[]>();
	for (const [index, entry] of entries.entries()) {
		const before = grouped.get(itemOf(index));
		if (before) before.push(entry);
		else grouped.set(itemOf(index), [entry]);
	}
	return grouped;
}

/** The ids of orders that were paid before another item failed, so that none is lost. */
function boughtNote(done: IDataObject[]): string | undefined {
	const list = done
		.filter(({ topup_id }) => topup_id !== undefined)
		.map(({ topup_id, custom_order_no }) => `${asText(topup_id)} (${asText(custom_order_no)})`);
	if (list.length === 0) return undefined;
	return `Bought before this item failed, order ID and Custom Order Number: ${list.join(', ')}.`;
}
