import type { IDataObject } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import type { KnownPlan } from './knownPlan';

/** What can happen to plans. The values stand in users' saved workflows and in items: they never change. */
export type PlanEvent = 'new_plan' | 'plan_back' | 'plan_changed' | 'plan_gone' | 'plan_price';

/** Something that has happened to a plan between two looks. */
export interface PlanChange {
	event: PlanEvent;
	planId: string;
	/** What it was, and what it is; undefined where there was, or is, none. */
	was?: KnownPlan;
	is?: KnownPlan;
}

/** How many looks in a row must miss a plan before it counts as gone: pages move while they are read. */
const LOOKS = 2;

/**
 * Compares two looks at a catalogue.
 *
 * @param known what was remembered; a plan that is not in it is new
 * @param seen what can be bought now
 * @returns what has changed, and what to remember from now on
 */
export function compare(
	known: ReadonlyMap<string, KnownPlan>,
	seen: ReadonlyMap<string, KnownPlan>,
): { changes: PlanChange[]; next: Map<string, KnownPlan> } {
	const changes: PlanChange[] = [];
	const next = new Map<string, KnownPlan>();
	for (const [planId, is] of seen) {
		const was = known.get(planId);
		changes.push(...changesOf(planId, was, is));
		next.set(planId, is);
	}
	for (const [planId, was] of known) {
		if (seen.has(planId)) continue;
		const missing = was.missing + 1;
		const isGone = was.isGone || missing >= LOOKS;
		if (isGone && !was.isGone) changes.push({ event: 'plan_gone', planId, was });
		next.set(planId, { ...was, missing: isGone ? 0 : missing, isGone });
	}
	return { changes, next };
}

function changesOf(planId: string, was: KnownPlan | undefined, is: KnownPlan): PlanChange[] {
	if (was === undefined) return [{ event: 'new_plan', planId, is }];
	const both = { planId, was, is };
	const isOther = was.name !== is.name || was.content !== is.content;
	const isOtherPrice = was.price !== is.price || was.currency !== is.currency;
	return [
		...(was.isGone ? [{ event: 'plan_back', ...both } as const] : []),
		...(isOtherPrice ? [{ event: 'plan_price', ...both } as const] : []),
		...(isOther ? [{ event: 'plan_changed', ...both } as const] : []),
	];
}

/** A change as an item: what it was, what it is, and by how much. */
export function changeItem({ event, planId, was, is }: PlanChange): IDataObject {
	const [before, after] = [numberOrNull(was?.price), numberOrNull(is?.price)];
	return {
		event,
		channel_dataplan_id: planId,
		channel_dataplan_name: is?.name ?? was?.name ?? null,
		name_before: was?.name ?? null,
		price: after,
		price_before: before,
		price_change_percent:
			before === null || after === null || before === 0
				? null
				: Math.round(((after - before) / before) * 10_000) / 100,
		currency: is?.currency ?? was?.currency ?? null,
		currency_before: was?.currency ?? null,
	};
}
