import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeOf } from '../context';
import { refusal } from '../errors/refusal';
import { stillInDoubt } from './doubt';
import { OrderGuard } from './guard';
import { guardedNumber } from './guardedNumber';
import type { EarlierOrder } from './numberMemory';
import { whatWasAsked, type Bought, type WantedOrder } from './purchase';
import { meaning } from './whatCame';

/**
 * What an earlier try of this run came to, told without sending anything: a run that stops must not lose it.
 *
 * @returns undefined where this run has not sent the order
 * @throws UnknownOutcome where it was left in doubt
 */
export async function boughtBefore(
	context: IExecuteFunctions,
	wanted: WantedOrder,
): Promise<Bought | undefined> {
	const { order, options, itemIndex } = wanted;
	if (!options.guarded) return undefined;
	const { name } = await guardedNumber(context, order.custom_order_no, itemIndex);
	const earlier = new OrderGuard(context).peek(name);
	if (!earlier || !isOfThisRun(context, earlier)) return undefined;
	refuseOther(context, wanted, earlier);
	const { outcome, topupId } = earlier;
	if (outcome === 'unknown') throw stillInDoubt(context, wanted, earlier, true);
	return { duplicate: true, outcome, topup_id: topupId, ...whatWasAsked(order) };
}

/**
 * What comes out for an order whose Custom Order Number was used before, as "If Duplicate" asks.
 *
 * @throws UnknownOutcome where that order is in doubt: what may be paid is no order to pass on; NodeOperationError
 *   where the number stands for something else, or the user wants an error
 */
export function duplicateOf(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	earlier: EarlierOrder,
): Bought {
	const { options, itemIndex, order } = wanted;
	const { outcome, topupId } = earlier;
	const isOurs = isOfThisRun(context, earlier);
	const isRetry = nodeOf(context).retryOnFail === true;
	const number = order.custom_order_no;
	const id = topupId === undefined ? '' : ` as order ${topupId}`;
	refuseOther(context, wanted, earlier);
	if (outcome === 'unknown') throw stillInDoubt(context, wanted, earlier, isOurs);
	// What the first try of this very run bought is no duplicate to stop at: its order ID must come out.
	if (options.onDuplicate === 'passOn' || (isOurs && isRetry)) {
		return {
			duplicate: true,
			outcome,
			...(topupId !== undefined && { topup_id: topupId }),
			...whatWasAsked(order),
		};
	}
	const error = refusal(
		context,
		itemIndex,
		`The Custom Order Number "${number}" was ordered before${id}, so nothing was sent`,
		'To buy it again on purpose, use another number.',
	);
	throw meaning(error, { outcome: 'bought', topupId });
}

/** Tries of a run share its execution. */
const isOfThisRun = (context: IExecuteFunctions, { executionId }: EarlierOrder): boolean =>
	executionId !== undefined && executionId === context.getExecutionId();

/** A number that stands for another plan, quantity or customer must not hand its eSIMs to this one. */
function refuseOther(context: IExecuteFunctions, wanted: WantedOrder, earlier: EarlierOrder): void {
	const isOurs = isOfThisRun(context, earlier);
	const other = whatIsOther(wanted, earlier, isOurs);
	if (other === undefined) return;
	if (earlier.outcome === 'unknown')
		throw stillInDoubt(context, wanted, earlier, false, `The number was used for ${other}`);
	const id = earlier.topupId === undefined ? '' : ` as order ${earlier.topupId}`;
	const error = refusal(
		context,
		wanted.itemIndex,
		`The Custom Order Number "${wanted.order.custom_order_no}" was used${id} for ${other}`,
		'Each order needs a number of its own: put the line of the order into it, too.',
	);
	throw meaning(error, { outcome: 'bought', topupId: earlier.topupId });
}

function whatIsOther(
	{ order, item }: WantedOrder,
	{ planId, quantity, item: earlierItem }: EarlierOrder,
	isOurs: boolean,
): string | undefined {
	if (planId !== undefined && planId !== order.channel_dataplan_id)
		return `the plan ${planId}, so nothing was sent for the plan ${order.channel_dataplan_id}`;
	if (quantity !== undefined && quantity !== order.number)
		return `a quantity of ${quantity}, so nothing was sent for a quantity of ${order.number}`;
	if (isOurs && earlierItem !== undefined && earlierItem !== item)
		return `${earlierItem} of this execution, so nothing was sent for ${item}`;
	return undefined;
}
