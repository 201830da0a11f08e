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

/** What can be bought now. */
export interface Catalogue {
	/** By ID, all of them: a plan that is no longer watched is not gone. */
	onSale: ReadonlyMap<string, KnownPlan>;
	isWatched: (planId: string) => boolean;
}

/**
 * Compares two looks at a catalogue.
 *
 * @param known what was remembered; a plan that is not in it is new
 * @returns what has changed, and what to remember from now on
 */
export function compare(
	known: ReadonlyMap<string, KnownPlan>,
	{ onSale, isWatched }: Catalogue,
): { changes: PlanChange[]; next: Map<string, KnownPlan> } {
	const changes: PlanChange[] = [];
	const next = new Map<string, KnownPlan>();
	for (const [planId, is] of onSale) {
		const was = known.get(planId);
		const isIn = isWatched(planId);
		// A plan that has just left what is watched is told of once more: why.
		if (was !== undefined || isIn) changes.push(...changesOf(planId, was, is));
		if (isIn) next.set(planId, is);
	}
	for (const [planId, was] of known) {
		if (onSale.has(planId)) continue;
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
	return [
		...(was.isGone ? [{ event: 'plan_back', ...both } as const] : []),
		...(isSamePrice(was, is) ? [] : [{ event: 'plan_price', ...both } as const]),
		...(isOther ? [{ event: 'plan_changed', ...both } as const] : []),
	];
}

/** "5.00" and "5" are the same. */
function isSamePrice(was: KnownPlan, is: KnownPlan): boolean {
	const [before, after] = [numberOrNull(was.price), numberOrNull(is.price)];
	const isSame = before === null || after === null ? was.price === is.price : before === after;
	return isSame && was.currency === is.currency;
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
