import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { itemPerEsim } from '../answers/esims';
import { textOrNull } from '../answers/text';
import type { NodeFailure } from '../errors/refusal';
import { optionsOf } from '../parameters';
import type { Bought } from './purchase';
import { ordersToAwait, waitForAll, type Wait } from './waitForAll';
import { readWaitOptions } from './waitOptions';

/** A purchase with the item that wanted it. */
export interface ItemPurchase {
	itemIndex: number;
	bought: Bought;
}

/** What is put out for a purchase: one object per eSIM, or the order alone where it was not waited for. */
export interface Delivery {
	items: IDataObject[];
	error?: NodeFailure;
}

/** An order that was just placed is not ready before this (API document, topupDetail). */
const FIRST_PAUSE_MS = 2000;

/** Whether the option "Wait for Delivery" of Create is on for an item. */
const wantsDelivery = (context: IExecuteFunctions, itemIndex: number): boolean =>
	optionsOf(context, itemIndex).waitForDelivery === true;

/** Refuses options of the wait that make no sense, while nothing is bought yet. */
export function checkWaitOptions(context: IExecuteFunctions, itemIndex: number): void {
	if (wantsDelivery(context, itemIndex)) readWaitOptions(context, itemIndex);
}

/**
 * Waits for the orders of a run whose items ask for it, all together. Whatever comes of the wait, the order's id
 * is in what is put out: it is paid.
 *
 * @returns one delivery per purchase, in their sequence
 */
export async function deliver(
	context: IExecuteFunctions,
	purchases: ItemPurchase[],
): Promise<Delivery[]> {
	const orderFor = ordersToAwait(context);
	const waits = purchases.map(({ itemIndex, bought }): Wait | undefined => {
		const topupId = textOrNull(bought.topup_id);
		if (topupId === null || !wantsDelivery(context, itemIndex)) return undefined;
		return {
			itemIndex,
			options: readWaitOptions(context, itemIndex),
			order: orderFor(topupId, itemIndex),
		};
	});
	const list = waits.filter((entry): entry is Wait => entry !== undefined);
	const ids = list.map(({ order }) => order.topupId);
	keepIds(context, ids);
	const errors = await waitForAll(context, list, FIRST_PAUSE_MS);
	return purchases.map(({ bought }, index): Delivery => {
		const entry = waits[index];
		if (!entry) return { items: [bought] };
		const error = errors[list.indexOf(entry)];
		return {
			items: itemPerEsim(entry.order.order).map((esim) => ({ ...bought, ...esim })),
			...(error && { error }),
		};
	});
}

/** n8n keeps up to 255 characters under each key, and few keys. */
const IDS_PER_KEY = 9;
const MOST_KEYS = 8;

/**
 * Writes the ids of paid orders into the execution's custom data: what a node would have put out is lost when its
 * execution is stopped while it waits.
 */
function keepIds(context: IExecuteFunctions, ids: string[]): void {
	for (let key = 0; key < MOST_KEYS && key * IDS_PER_KEY < ids.length; key++) {
		const some = ids.slice(key * IDS_PER_KEY, (key + 1) * IDS_PER_KEY);
		try {
			context.customData.set(`microesim_order_ids_${key + 1}`, some.join(','));
		} catch (error) {
			context.logger.warn(
				`The order IDs ${some.join(', ')} could not be kept in the execution: ${(error as Error).message}`,
			);
		}
	}
}
