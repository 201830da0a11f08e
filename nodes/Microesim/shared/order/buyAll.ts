import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { isAboutAccount } from '../errors/advice';
import { nodeErrorOf, refusal, type NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import { boughtBefore, buyOne, type Bought, type Unit } from './buy';
import { Checks } from './checks';

/** What one order of a run came to. */
export type Purchase = { itemIndex: number } & ({ bought: Bought } | { error: NodeFailure });

/**
 * Buys the orders of a run, in their sequence and no more than so many at once. After the first order whose
 * outcome is unknown, and after a refusal that would meet the others, too, no further order is sent.
 *
 * @param stopAtAnyError whether the run ends with the first error of any kind
 * @returns one purchase per unit, in the sequence of the units
 */
export async function buyAll(
	context: IExecuteFunctions,
	units: Unit[],
	concurrency: number,
	stopAtAnyError: boolean,
): Promise<Purchase[]> {
	const limit = pLimit(concurrency);
	const checks = new Checks(context);
	let stoppedBy: Unit | undefined;
	const buy = async (unit: Unit): Promise<Purchase> => {
		const { itemIndex } = unit;
		try {
			if (!stoppedBy) return { itemIndex, bought: await buyOne(context, unit, checks) };
			const bought = await boughtBefore(context, unit);
			return bought
				? { itemIndex, bought }
				: { itemIndex, error: notSent(context, unit, stoppedBy) };
		} catch (thrown) {
			if (stopAtAnyError || endsTheRun(thrown)) stoppedBy ??= unit;
			return { itemIndex, error: nodeErrorOf(context, thrown, itemIndex) };
		}
	};
	return await Promise.all(units.map(async (unit) => await limit(buy, unit)));
}

const endsTheRun = (error: unknown): boolean =>
	error instanceof UnknownOutcome ||
	(error instanceof NodeApiError && isAboutAccount(String(error.message)));

const notSent = (context: IExecuteFunctions, unit: Unit, by: Unit): NodeFailure =>
	nodeErrorOf(
		context,
		refusal(
			context,
			unit.itemIndex,
			`The order "${unit.order.custom_order_no}" was not sent, because the order "${by.order.custom_order_no}" of item ${by.itemIndex} failed before it`,
			'Mend what failed there, then run this item again. Nothing was sent to MicroeSIM for it.',
		),
		unit.itemIndex,
	);
