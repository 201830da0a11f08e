import { numberOrNull } from '../answers/numbers';
import { isOnSale, planIdOf, type VendorPlan } from '../answers/plan';
import { asText, cleanText, textOrNull } from '../answers/text';
import type { PlanChecks } from './orderOptions';

/** What stands against an order. */
export interface Fault {
	/** Half a sentence. */
	reason: string;
	/** A sentence that says what to do. */
	advice: string;
}

/** @param named the plans that have this for a name */
export function noSuchPlan(planId: string, named: readonly VendorPlan[]): string {
	const ids = named.map((plan) => `"${planIdOf(plan)}"`).join(', ');
	const instead =
		named.length === 0
			? ''
			: `; it is the name of ${named.length === 1 ? 'the plan' : 'the plans'} ${ids}: use that ID`;
	return `MicroeSIM has no data plan with the ID "${planId}"${instead}`;
}

export const unreadablePrice = (plan: VendorPlan): Fault => ({
	reason: `its price "${asText(plan.price)}" cannot be read`,
	advice: 'Ask MicroeSIM what the plan costs.',
});

/**
 * What stands against buying a plan, by the plan alone.
 *
 * @param startsAtOnce whether it would start to run with the order
 * @returns undefined where all checks are passed
 */
export function faultOfPlan(
	plan: VendorPlan,
	{ maximumUnitPrice, mustBeOnSale, expectedName, requireActivationDate }: PlanChecks,
	startsAtOnce: boolean,
): Fault | undefined {
	const name = textOrNull(plan.channel_dataplan_name) ?? '';
	if (mustBeOnSale && !isOnSale(plan)) {
		const reason = `the plan "${name}" is not on sale`;
		return { reason, advice: 'Choose another plan: Data Plan → Get Many lists what is on sale.' };
	}
	if (expectedName !== undefined && cleanText(name) !== expectedName) {
		return {
			reason: `the plan is called "${name}" now, and "Expected Plan Name" is "${expectedName}"`,
			advice:
				'Look what the plan is now. If it is the one you want, change "Expected Plan Name" to that name.',
		};
	}
	if (requireActivationDate && startsAtOnce) {
		return {
			reason: `the plan "${name}" becomes active with the order, and "Require Activation Date" is on`,
			advice: 'Set the field "Activation Date".',
		};
	}
	if (maximumUnitPrice === undefined) return undefined;
	const price = numberOrNull(plan.price);
	if (price === null) return unreadablePrice(plan);
	return price > maximumUnitPrice
		? {
				reason: `the plan costs ${price} ${textOrNull(plan.currency) ?? ''}, and "Maximum Unit Price" is ${maximumUnitPrice}`,
				advice: 'Choose a cheaper plan, or raise "Maximum Unit Price".',
			}
		: undefined;
}
