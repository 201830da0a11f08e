import { numberOrNull } from '../answers/numbers';
import { isOnSale, planIdOf, type VendorPlan } from '../answers/plan';
import { asText, cleanText, textOrNull } from '../answers/text';
import type { PlanChecks } from './orderOptions';

/** @param named the plans that have this for a name */
export function noSuchPlan(planId: string, named: readonly VendorPlan[]): string {
	const ids = named.map((plan) => `"${planIdOf(plan)}"`).join(', ');
	const instead =
		named.length === 0
			? ''
			: `; it is the name of ${named.length === 1 ? 'the plan' : 'the plans'} ${ids}: use that ID`;
	return `MicroeSIM has no data plan with the ID "${planId}"${instead}`;
}

export const unreadablePrice = (plan: VendorPlan): string =>
	`its price "${asText(plan.price)}" cannot be read`;

/**
 * What stands against buying a plan, by the plan alone.
 *
 * @param startsAtOnce whether it would start to run with the order
 * @returns a half sentence; undefined where all checks are passed
 */
export function faultOfPlan(
	plan: VendorPlan,
	{ maximumUnitPrice, mustBeOnSale, expectedName, requireActivationDate }: PlanChecks,
	startsAtOnce: boolean,
): string | undefined {
	const name = textOrNull(plan.channel_dataplan_name) ?? '';
	if (mustBeOnSale && !isOnSale(plan)) return `the plan "${name}" is not on sale`;
	if (expectedName !== undefined && cleanText(name) !== expectedName) {
		return `the plan is called "${name}" now, and "Expected Plan Name" is "${expectedName}"`;
	}
	if (requireActivationDate && startsAtOnce) {
		return `the plan "${name}" becomes active with the order: set the field "Activation Date", because "Require Activation Date" is on`;
	}
	if (maximumUnitPrice === undefined) return undefined;
	const price = numberOrNull(plan.price);
	if (price === null) return unreadablePrice(plan);
	return price > maximumUnitPrice
		? `the plan costs ${price} ${textOrNull(plan.currency) ?? ''}, and "Maximum Unit Price" is ${maximumUnitPrice}`
		: undefined;
}
