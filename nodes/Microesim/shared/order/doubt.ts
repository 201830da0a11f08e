import type { IExecuteFunctions } from 'n8n-workflow';

import { UnknownOutcome } from '../errors/unknownOutcome';
import type { DoubtfulState, EarlierOrder } from './numberMemory';
import type { WantedOrder } from './purchase';

const OTHER_NUMBER = 'If it was not bought, order it with another number.';

const TRIED = 'This Custom Order Number was tried before';

/** By what n8n's database says, where this process knows no more. */
const BY_STATE: Record<DoubtfulState, string> = {
	taken:
		'Another process of n8n has this order on its way, or was stopped before it could note the answer, so it was not sent again. Wait two minutes and run it again, before you use another number.',
	listed: `This Custom Order Number was used before, and whether it was bought is not kept, so it was not sent again. ${OTHER_NUMBER}`,
	doubted: `${TRIED}, and no clear answer came then, so it was not sent again. ${OTHER_NUMBER}`,
};

/** What is known of an earlier order that may have been bought, and what to do. */
export const whyInDoubt = ({ told, state = 'doubted' }: EarlierOrder): string =>
	told === undefined ? BY_STATE[state] : `${TRIED}. ${told}`;

/** That a number was used before, as half a sentence. */
export function usedBefore(number: string, { outcome, topupId, state }: EarlierOrder): string {
	const was =
		outcome === 'bought'
			? 'was ordered before'
			: state === 'taken'
				? 'is on its way in another process of n8n, or was stopped there, and may be bought'
				: 'was tried before, and may have been bought';
	return `the Custom Order Number "${number}" ${was}${topupId === undefined ? '' : ` as order ${topupId}`}`;
}

/**
 * The error for an order that was left in doubt before and is asked for again.
 *
 * @param isOfThisRun whether a try of this very run left it so; otherwise the run goes on with its other items
 * @param first what is to be said before the reason of the doubt
 */
export function stillInDoubt(
	context: IExecuteFunctions,
	{ order, itemIndex }: WantedOrder,
	earlier: EarlierOrder,
	isOfThisRun: boolean,
	first?: string,
): UnknownOutcome {
	const why = isOfThisRun && earlier.told !== undefined ? earlier.told : whyInDoubt(earlier);
	return new UnknownOutcome(
		context,
		{
			customOrderNo: order.custom_order_no,
			topupId: earlier.topupId ?? null,
			description: first === undefined ? why : `${first}. ${why}`,
			isOfEarlierRun: !isOfThisRun,
		},
		itemIndex,
	);
}
