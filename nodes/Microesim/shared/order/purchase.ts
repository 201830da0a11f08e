import type { IDataObject } from 'n8n-workflow';

import { withoutQuery } from '../answers/text';
import type { NodeFailure } from '../errors/refusal';
import type { OrderOptions } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import type { WaitOptions } from './waitOptions';

/** One order that an input item wants, with all that is needed for it: nothing is read again once it was bought. */
export interface WantedOrder {
	itemIndex: number;
	/** The item among all runs of the node in its execution. */
	item: string;
	order: OrderRequest;
	/** The number as it was given: several orders have it where "Split Quantity Into Single Orders" is on. */
	givenNumber: string;
	options: OrderOptions;
	/** Whether it is only shown what would be bought. */
	previewOnly: boolean;
	/** The binary field that takes the QR code of each eSIM; "" for none. */
	qrCodeField: string;
	/** Whether somebody chose when it becomes active; "now" is a choice, too, though no date is sent for it. */
	isDated: boolean;
	/** How its delivery is waited for; undefined where it is not. */
	wait?: WaitOptions;
}

/** What came of it: the order's id with what was asked, or what is known of an earlier order. */
export type Bought = IDataObject & { custom_order_no: string };

/** What one order of a run came to. */
export type Purchase = { wanted: WantedOrder } & ({ bought: Bought } | { error: NodeFailure });

/** The fields of the order; addresses without their query, which may hold a secret. */
export function whatWasAsked(order: OrderRequest): Bought {
	const asked = Object.entries(order).filter(([, value]) => value !== undefined);
	const shown = { ...Object.fromEntries(asked) } as unknown as Bought;
	return order.notify_url === undefined
		? shown
		: { ...shown, notify_url: withoutQuery(order.notify_url) };
}
