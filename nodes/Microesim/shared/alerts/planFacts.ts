import { leadingNumber } from '../answers/numbers';
import { dataTypeOf, megabytesPerPeriod, startsWithOrder, type VendorPlan } from '../answers/plan';

/** What an eSIM's plan says of it; all undefined where the plan is gone from the catalogue. */
export interface PlanFacts {
	/** Megabytes, of all days or, of a daily plan, of each day; null where it has no limit, or names none. */
	allowance?: number | null;
	isDaily?: boolean;
	/** Days in which the eSIM must be installed, counted from the order. */
	validityDays?: number | null;
	startsWithOrder?: boolean;
}

/** @param plan undefined where the catalogue does not hold it any more */
export function planFacts(plan: VendorPlan | undefined): PlanFacts {
	if (plan === undefined) return {};
	return {
		allowance: dataTypeOf(plan) === 'unlimited' ? null : megabytesPerPeriod(plan),
		isDaily: dataTypeOf(plan) === 'daily',
		validityDays: leadingNumber(plan.validity_period),
		startsWithOrder: startsWithOrder(plan),
	};
}
