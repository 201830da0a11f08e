import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { flat } from '../answers/flat';
import { itemPerEsim } from '../answers/orderItems';
import { textOrNull } from '../answers/text';
import type { NodeFailure } from '../errors/refusal';
import { log } from '../log';
import { isVersion1 } from '../versions';
import type { Bought, Purchase } from './purchase';
import { ordersToAwait, waitForAll, type Wait } from './waitForAll';

/** A purchase that succeeded. */
export type Paid = Extract<Purchase, { bought: Bought }>;

/** What is put out for a purchase: one object per eSIM, or the order alone where it was not waited for. */
export interface Delivery {
	items: IDataObject[];
	error?: NodeFailure;
}

/**
 * Waits for the orders of a run whose items ask for it, all together. Whatever comes of the wait, the order's id
 * is in what is put out: it is paid.
 *
 * @returns one delivery per purchase, in their sequence; never throws
 */
export async function deliver(context: IExecuteFunctions, paid: Paid[]): Promise<Delivery[]> {
	try {
		return await waitFor(context, paid);
	} catch (error) {
		log(
			context,
			'error',
			`The delivery of the MicroeSIM orders could not be waited for: ${(error as Error).message}`,
		);
		return paid.map(({ bought }) => ({ items: [bought] }));
	}
}

async function waitFor(context: IExecuteFunctions, paid: Paid[]): Promise<Delivery[]> {
	const orderFor = ordersToAwait(context);
	const waits = paid.map(({ wanted: { itemIndex, wait, order }, bought }): Wait | undefined => {
		const topupId = textOrNull(bought.topup_id);
		if (topupId === null || wait === undefined) return undefined;
		return { itemIndex, options: wait, order: orderFor(topupId, itemIndex, order.number) };
	});
	const list = waits.filter((entry): entry is Wait => entry !== undefined);
	keepIds(
		context,
		list.map(({ order }) => order.topupId),
	);
	const errors = await waitForAll(context, list);
	const shaped = isVersion1(context) ? (esim: IDataObject) => esim : flat;
	const errorOf = new Map(list.map((entry, index) => [entry, errors[index]]));
	return paid.map(({ bought }, index): Delivery => {
		const entry = waits[index];
		if (!entry) return { items: [bought] };
		const error = errorOf.get(entry);
		return {
			items: itemPerEsim(entry.order.order).map((esim) => laid(shaped(esim), bought)),
			...(error && { error }),
		};
	});
}

/** What this node says of an order, and MicroeSIM cannot know. */
const OURS = new Set(['custom_order_no', 'duplicate', 'outcome']);

/** The eSIM with what was asked for it: what MicroeSIM leaves empty, or says of our own fields, hides nothing. */
function laid(esim: IDataObject, bought: Bought): IDataObject {
	const filled = Object.entries(esim).filter(
		([name, value]) => !OURS.has(name) && (value !== null || !(name in bought)),
	);
	return { ...bought, ...(Object.fromEntries(filled) as IDataObject) };
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
			log(
				context,
				'warn',
				`The order IDs ${some.join(', ')} could not be kept in the execution: ${(error as Error).message}`,
			);
		}
	}
}
