import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import type { Unit } from './buy';
import { checkWaiting } from './deliver';
import { readOrderOptions } from './orderOptions';
import { readOrderRequest } from './orderRequest';
import { refuseBlindRetries } from './retries';

/** The orders one item asks for, or why it cannot be ordered. */
export type Asked = { itemIndex: number; units: Unit[]; error?: NodeFailure };

/**
 * Reads an item without sending anything. "Split Quantity Into Single Orders" makes one order per eSIM, numbered
 * `<number>-1` to `<number>-<quantity>`.
 */
export function unitsOf(context: IExecuteFunctions, itemIndex: number): Asked {
	try {
		const options = readOrderOptions(context, itemIndex);
		refuseBlindRetries(context, options.guarded, itemIndex);
		checkWaiting(context, itemIndex);
		const order = readOrderRequest(context, itemIndex);
		if (!options.split) return { itemIndex, units: [{ itemIndex, order, options }] };
		const units = Array.from({ length: order.number }, (_, index) => ({
			itemIndex,
			options,
			order: { ...order, number: 1, custom_order_no: `${order.custom_order_no}-${index + 1}` },
		}));
		return { itemIndex, units };
	} catch (error) {
		return { itemIndex, units: [], error: nodeErrorOf(context, error, itemIndex) };
	}
}
