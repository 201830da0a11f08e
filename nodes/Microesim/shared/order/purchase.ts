import type { IDataObject } from 'n8n-workflow';

import { withoutQuery } from '../answers/text';
import type { NodeFailure } from '../errors/refusal';
import type { OrderOptions } from './orderOptions';
import type { OrderRequest } from './orderRequest';

/** One order that an input item wants. */
export interface WantedOrder {
	itemIndex: number;
	order: OrderRequest;
	options: OrderOptions;
}

/** What came of it: the order's id with what was asked, or what is known of an earlier order. */
export type Bought = IDataObject & { custom_order_no: string };

/** What one order of a run came to. */
export type Purchase = { itemIndex: number } & ({ bought: Bought } | { error: NodeFailure });

/** The fields of the order; addresses without their query, which may hold a secret. */
export function whatWasAsked(order: OrderRequest): Bought {
	const asked = Object.entries(order).filter(([, value]) => value !== undefined);
	const shown = { ...Object.fromEntries(asked) } as unknown as Bought;
	return order.notify_url === undefined
		? shown
		: { ...shown, notify_url: withoutQuery(order.notify_url) };
}
