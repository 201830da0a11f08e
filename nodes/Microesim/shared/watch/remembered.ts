import { createHash } from 'crypto';

import { leadingNumber, numberOrNull } from '../answers/numbers';
import { countriesOf, dataInWords, isOnSale, planIdOf, type VendorPlan } from '../answers/plan';
import { saidOrNull, textOrNull } from '../answers/text';
import type { KnownPlan } from './knownPlan';
import { plain } from './memory';

/**
 * What a plan is besides its name and its price, as it is understood: the same may be written in other ways. Networks
 * change too often to tell of.
 */
const understood = (plan: VendorPlan): unknown[] => [
	numberOrNull(plan.day),
	dataInWords(textOrNull(plan.data) ?? ''),
	[...countriesOf(plan)].sort(),
	textOrNull(plan.active_type),
	leadingNumber(plan.validity_period),
	saidOrNull(plan.rule_desc),
	saidOrNull(plan.special_desc),
];

const contentOf = (plan: VendorPlan): string =>
	createHash('sha256')
		.update(JSON.stringify(understood(plan)))
		.digest('base64url')
		.slice(0, 5);

/** @returns what is remembered of a plan that is on sale */
export const knownPlan = (plan: VendorPlan): KnownPlan => ({
	name: plain(textOrNull(plan.channel_dataplan_name) ?? ''),
	price: plain(textOrNull(plan.price) ?? ''),
	currency: plain(textOrNull(plan.currency) ?? ''),
	content: contentOf(plan),
	missing: 0,
	isGone: false,
});

/** The plans of a catalogue that can be bought, by the ID under which they are remembered. */
export function plansOnSale(plans: Iterable<VendorPlan>): Map<string, VendorPlan> {
	const onSale = new Map<string, VendorPlan>();
	for (const plan of plans) {
		const id = plain(planIdOf(plan));
		if (id !== '' && isOnSale(plan) && !onSale.has(id)) onSale.set(id, plan);
	}
	return onSale;
}
