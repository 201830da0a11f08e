import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { isAboutAccount } from '../errors/advice';
import { nodeErrorOf, refusal, type NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import { saidIn } from '../transport/failure';
import { buyOne } from './buy';
import { Checks } from './checks';
import { boughtBefore } from './earlier';
import { explainRefusals } from './explain';
import { reasonIn } from './place';
import type { Purchase, WantedOrder } from './purchase';

/**
 * Buys the orders of a run, in their sequence and no more than so many at once. After the first order whose
 * outcome is unknown, and after a refusal that would meet the others, too, no further order is sent.
 *
 * @param stopAtAnyError whether the run ends with the first error of any kind
 * @returns one purchase per order, in their sequence
 */
export async function buyAll(
	context: IExecuteFunctions,
	orders: WantedOrder[],
	concurrency: number,
	stopAtAnyError: boolean,
): Promise<Purchase[]> {
	const limit = pLimit(concurrency);
	const checks = new Checks(context);
	let stoppedBy: WantedOrder | undefined;
	const buy = async (wanted: WantedOrder): Promise<Purchase> => {
		try {
			if (!stoppedBy) return { wanted, bought: await buyOne(context, wanted, checks) };
			const bought = await boughtBefore(context, wanted);
			return bought ? { wanted, bought } : { wanted, error: notSent(context, wanted, stoppedBy) };
		} catch (thrown) {
			if (stopAtAnyError || endsTheRun(thrown)) stoppedBy ??= wanted;
			return { wanted, error: nodeErrorOf(context, thrown, wanted.itemIndex) };
		}
	};
	const purchases = await Promise.all(orders.map(async (wanted) => await limit(buy, wanted)));
	await explainRefusals(context, purchases);
	return purchases;
}

/** Whether an error would meet the orders behind it, too. */
function endsTheRun(error: unknown): boolean {
	if (error instanceof UnknownOutcome) return !error.isOfEarlierRun;
	if (!(error instanceof NodeApiError)) return false;
	const reason = reasonIn(error);
	return reason === undefined ? isAboutAccount(saidIn(error) ?? '') : reason === 'account';
}

const notSent = (context: IExecuteFunctions, one: WantedOrder, by: WantedOrder): NodeFailure =>
	nodeErrorOf(
		context,
		refusal(
			context,
			one.itemIndex,
			`The order "${one.order.custom_order_no}" was not sent, because the order "${by.order.custom_order_no}" of item ${by.itemIndex} failed before it`,
			'Mend what failed there, then run this item again. Nothing was sent to MicroeSIM for it.',
		),
		one.itemIndex,
	);
