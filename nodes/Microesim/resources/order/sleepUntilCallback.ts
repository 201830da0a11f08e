import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../../shared/errors/refusal';
import { AwaitedOrder } from '../../shared/order/awaitedOrder';
import { numberWithin, optionsOf, requiredText } from '../../shared/parameters';
import type { Outcome } from '../operation';
import { orderResults } from './get';

/** How long an execution sleeps where the option "Callback Deadline (Hours)" is not set. */
export const DEFAULT_HOURS = 24;
/** A year: nobody waits longer for an eSIM, and dates have an end. */
export const MOST_HOURS = 8760;

/**
 * Puts the execution to sleep until MicroeSIM calls back, unless the order is ready already. Nothing stays in
 * memory meanwhile. When the deadline passes, n8n lets the input go on, so that the order ID is not lost.
 */
export async function sleepUntilCallback(context: IExecuteFunctions): Promise<Outcome[]> {
	const input = context.getInputData();
	if (input.length !== 1) {
		throw refusal(
			context,
			0,
			`"Wait For: Delivery by Callback" takes one order per execution, but ${input.length} items came in`,
			'An execution can be woken once. Put a Loop Over Items node or a sub-workflow before it, or wait by looking. The orders are not lost: their IDs are in the input of this node.',
		);
	}
	const topupId = requiredText(context, 'topupId', 'Order ID', 0);
	const { callbackHours = DEFAULT_HOURS } = optionsOf(context, 0);
	const label = 'Callback Deadline (Hours)';
	const hours = numberWithin(
		context,
		callbackHours,
		label,
		{ from: 0, to: MOST_HOURS, above: true },
		0,
	);
	const resultsOf = orderResults(context, 0);
	const order = new AwaitedOrder(context, topupId, 0);
	if (await order.look()) {
		return [{ itemIndex: 0, results: await resultsOf(topupId, order.seen) }];
	}
	await context.putExecutionToWait(new Date(Date.now() + hours * 3600 * 1000));
	return [{ itemIndex: 0, results: [{ ...input[0]! }] }];
}
