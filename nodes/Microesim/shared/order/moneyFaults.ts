import type { VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';
import type { Account } from './money';
import type { PlanChecks } from './orderOptions';
import type { Fault } from './planFaults';

/** Amounts in two currencies say nothing about each other; where one of them is not known, nothing can differ. */
export function faultOfCurrency(
	plan: VendorPlan,
	{ maximumUnitPrice }: PlanChecks,
	{ currency }: Account,
): Fault | undefined {
	const label = maximumUnitPrice === undefined ? 'Keep Balance Above' : 'Maximum Unit Price';
	const ofPlan = textOrNull(plan.currency)?.toUpperCase();
	const ofAccount = currency?.toUpperCase();
	if (ofPlan === undefined || ofAccount === undefined || ofAccount === ofPlan) return undefined;
	return {
		reason: `the plan is priced in ${ofPlan}, but the account is kept in ${ofAccount}, so "${label}" cannot be compared with it`,
		advice: `Choose a plan in ${ofAccount}, or take "${label}" out of the checks.`,
	};
}

/**
 * What stands against an order by what it leaves.
 *
 * @param cost of this order and of those of the run before it, in the currency of the account
 */
export function faultOfBalance(
	balance: number | null,
	cost: number,
	keepBalanceAbove: number,
): Fault | undefined {
	if (balance === null) {
		return {
			reason: 'MicroeSIM did not tell the balance',
			advice: 'Run it again, or take "Keep Balance Above" out of the checks.',
		};
	}
	const left = balance - cost;
	if (left >= keepBalanceAbove) return undefined;
	return {
		reason: `it would leave a balance of ${left.toFixed(2)}, and "Keep Balance Above" is ${keepBalanceAbove}`,
		advice: 'Top up the account at MicroeSIM, or lower "Keep Balance Above".',
	};
}
