import type { IExecuteFunctions } from 'n8n-workflow';

import type { OrderRequest } from './orderRequest';
import type { WantedOrder } from './purchase';

/** How many characters shops send; whether MicroeSIM itself cuts there, nobody knows. */
const SENT_BY_SHOPS: Array<[keyof OrderRequest, string, number, string]> = [
	[
		'custom_order_no',
		'Custom Order Number',
		22,
		'numbers that are alike up to there may become one',
	],
	['remark', 'Remark', 200, 'the rest may be lost'],
	['notify_url', 'Notify URL', 255, 'MicroeSIM may not reach it'],
];

/** Shows a hint for the first value of each field that is longer than what is known to arrive. */
export function hintAtLongFields(context: IExecuteFunctions, orders: WantedOrder[]): void {
	for (const [field, label, most, risk] of SENT_BY_SHOPS) {
		const long = orders.find(({ order }) => [...String(order[field] ?? '')].length > most);
		if (!long) continue;
		const length = [...String(long.order[field])].length;
		context.addExecutionHints({
			message: `The ${label} of item ${long.itemIndex} has ${length} characters. Shops send MicroeSIM no more than ${most}, and its own limit is not known: ${risk}.`,
			location: 'outputPane',
		});
	}
}
