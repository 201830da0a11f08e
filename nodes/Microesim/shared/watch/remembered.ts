import { createHash } from 'crypto';

import { isOnSale, planIdOf, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';
import type { KnownPlan } from './knownPlan';
import { plain } from './memory';

/** What a plan is besides its name and its price. Networks and texts for people change too often to tell of. */
const CONTENT = [
	'day',
	'data',
	'code',
	'active_type',
	'validity_period',
	'rule_desc',
	'special_desc',
] as const;

const contentOf = (plan: VendorPlan): string =>
	createHash('sha256')
		.update(JSON.stringify(CONTENT.map((field) => textOrNull(plan[field]))))
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

/** The plans of a catalogue that can be bought, by ID. */
export function plansOnSale(plans: Iterable<VendorPlan>): Map<string, KnownPlan> {
	const known = new Map<string, KnownPlan>();
	for (const plan of plans) {
		const id = planIdOf(plan);
		if (id !== '' && isOnSale(plan) && !known.has(id)) known.set(id, knownPlan(plan));
	}
	return known;
}
