import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { log } from '../shared/log';
import { changeItem, compare, type PlanChange, type PlanEvent } from '../shared/watch/compare';
import type { KnownPlan } from '../shared/watch/knownPlan';
import { readAll } from '../shared/watch/readAll';
import { plansOnSale } from '../shared/watch/remembered';
import type { Memory } from './memory';
import type { Found } from './poll';
import type { WatchSettings } from './settings';

export const PLAN_EVENTS = [
	'new_plan',
	'plan_back',
	'plan_changed',
	'plan_gone',
	'plan_price',
] as const satisfies readonly PlanEvent[];

/** Plans that are gone are remembered, to tell when they are back: no more than this. */
const MOST_GONE = 5_000;

/**
 * Looks at the catalogue. What was read while it changed, and what breaks off, changes nothing; neither does a storm:
 * more changes than the user wants to be told of at once.
 */
export async function lookAtPlans(
	context: IPollFunctions,
	settings: WatchSettings,
	memory: Memory,
	isTest: boolean,
): Promise<Found> {
	const { filter, isWatched, events, mostChanges } = settings;
	const read = await readAll(context, isWatched);
	if (read === undefined) {
		log(context, 'info', 'MicroeSIM Watch Trigger: the catalogue changed while it was read');
		return { items: [], memory: {} };
	}
	const seen = plansOnSale(read);
	if (isTest) return { items: exampleOf(seen, events), memory: {} };
	const learnt = { plans: seen, filter, storm: undefined };
	if (memory.plans === undefined) return { items: [], memory: learnt };
	const { changes, next } = compare(memory.plans, seen);
	if (memory.filter !== filter) {
		// What is new to the filter is learnt and not told, and what it leaves out is not gone.
		const both = changes.filter(({ was, is }) => was && is);
		return { items: told(both, events), memory: learnt };
	}
	const wanted = changes.filter(({ event }) => events.has(event));
	if (wanted.length > mostChanges) return stormOf(wanted, memory, seen.size);
	return {
		items: told(wanted, events),
		memory: { plans: bounded(next), filter, storm: undefined },
	};
}

const told = (changes: PlanChange[], events: WatchSettings['events']): IDataObject[] =>
	changes.filter(({ event }) => events.has(event)).map(changeItem);

function bounded(plans: Map<string, KnownPlan>): Map<string, KnownPlan> {
	const gone = [...plans].filter(([, { isGone }]) => isGone);
	for (const [id] of gone.slice(0, Math.max(0, gone.length - MOST_GONE))) plans.delete(id);
	return plans;
}

/** Told once, as long as it goes on. */
function stormOf(changes: PlanChange[], { storm }: Memory, onSale: number): Found {
	const counts: Record<string, number> = {};
	for (const { event } of changes) counts[event] = (counts[event] ?? 0) + 1;
	const kinds = Object.keys(counts).sort().join();
	if (storm === kinds) return { items: [], memory: {} };
	const item = {
		event: 'too_many_changes',
		changes: changes.length,
		...counts,
		plans_on_sale: onSale,
		advice:
			'Look whether MicroeSIM works and the credential is the right one. Nothing was learnt: when the plans are back, nothing is told. If it is true, raise "Most Changes at Once" to be told of them all.',
	};
	return { items: [item], memory: { storm: kinds } };
}

/** What an item looks like, with a plan as it is now. */
function exampleOf(
	seen: ReadonlyMap<string, KnownPlan>,
	events: WatchSettings['events'],
): IDataObject[] {
	const [first] = seen;
	const [event] = PLAN_EVENTS.filter((one) => events.has(one));
	if (!first) return [];
	const [planId, plan] = first;
	const change: PlanChange = {
		event: event!,
		planId,
		...(event !== 'new_plan' && { was: plan }),
		...(event !== 'plan_gone' && { is: plan }),
	};
	return [changeItem(change)];
}
