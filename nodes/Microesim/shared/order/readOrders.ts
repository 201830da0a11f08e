import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { checkWaitOptions } from './deliver';
import { readOrderOptions } from './orderOptions';
import { readOrderRequest } from './orderRequest';
import type { WantedOrder } from './purchase';
import { refuseBlindRetries } from './retries';

/** The orders one item asks for, or why it cannot be ordered. */
export type Asked = { itemIndex: number; orders: WantedOrder[]; error?: NodeFailure };

/**
 * Reads an item without sending anything. "Split Quantity Into Single Orders" makes one order per eSIM, numbered
 * `<number>-1` to `<number>-<quantity>`.
 */
export function readOrders(context: IExecuteFunctions, itemIndex: number): Asked {
	try {
		const options = readOrderOptions(context, itemIndex);
		refuseBlindRetries(context, options.guarded, itemIndex);
		checkWaitOptions(context, itemIndex);
		const order = readOrderRequest(context, itemIndex);
		if (!options.split) return { itemIndex, orders: [{ itemIndex, order, options }] };
		const orders = Array.from({ length: order.number }, (_, index) => ({
			itemIndex,
			options,
			order: { ...order, number: 1, custom_order_no: `${order.custom_order_no}-${index + 1}` },
		}));
		return { itemIndex, orders };
	} catch (error) {
		return { itemIndex, orders: [], error: nodeErrorOf(context, error, itemIndex) };
	}
}
