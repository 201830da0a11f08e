import { dataTypeOf, megabytesPerPeriod, startsWithOrder, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';

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
		...isDailyOf(plan),
		validityDays: daysOf(plan.validity_period),
		startsWithOrder: startsWithOrder(plan),
	};
}

/** Where the plan says neither, the eSIM does. */
function isDailyOf(plan: VendorPlan): Pick<PlanFacts, 'isDaily'> {
	if (dataTypeOf(plan) === 'daily') return { isDaily: true };
	return /total/i.test(textOrNull(plan.data) ?? '') ? { isDaily: false } : {};
}

/** "60" and "180 days"; of other units, and of none, nothing is known. */
function daysOf(value: unknown): number | null {
	const [, days] = /^(\d+)\s*(?:days?)?$/i.exec(textOrNull(value) ?? '') ?? [];
	return Number(days) > 0 ? Number(days) : null;
}
