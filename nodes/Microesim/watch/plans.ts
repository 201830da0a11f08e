import type { IPollFunctions } from 'n8n-workflow';

import { refusal } from '../shared/errors/refusal';
import { log } from '../shared/log';
import {
	changeItem,
	compare,
	type Catalogue,
	type PlanChange,
	type PlanEvent,
} from '../shared/watch/compare';
import type { KnownPlan } from '../shared/watch/knownPlan';
import { readAll } from '../shared/watch/readAll';
import { knownPlan, plansOnSale } from '../shared/watch/remembered';
import { examplePlan } from './examples';
import type { Found, Memory } from './memory';
import type { WatchSettings } from './settings';

/** Of an outage also those that nobody wants to be told of: it must not be learnt. */
const OF_OUTAGES: readonly PlanEvent[] = ['new_plan', 'plan_back', 'plan_gone'];

/** Plans that are gone are remembered, to tell when they are back: no more than this. */
const MOST_GONE = 20_000;

/** Looks in a row that may find a catalogue incomplete before that is an error. */
const PATIENCE = 3;

/**
 * Looks at the catalogue. What was read while it changed, and what breaks off, changes nothing; neither does a storm:
 * more changes than the user wants to be told of at once.
 *
 * @throws NodeApiError when a page cannot be read, NodeOperationError when the catalogue is incomplete again and again
 */
export async function lookAtPlans(
	context: IPollFunctions,
	settings: WatchSettings,
	memory: Memory,
	isTest: boolean,
): Promise<Found> {
	if (isTest) return { items: await examplePlan(context, settings), memory: {} };
	const { plans, incomplete } = await readAll(context);
	// A number that is always wrong says nothing: what two looks found alike is believed.
	if (incomplete !== undefined && incomplete !== memory.incomplete)
		return notWhole(context, memory, incomplete);
	const seen = { incomplete, doubts: 0 };
	const sold = plansOnSale(plans);
	if (sold.size === 0)
		return memory.plans === undefined
			? { items: [], memory: seen }
			: stormOf([], memory, { sold: 0, seen: { ...memory, ...seen } });
	const now: Catalogue = {
		onSale: new Map([...sold].map(([id, plan]) => [id, knownPlan(plan)])),
		isWatched: (id) => settings.isWatched(sold.get(id)!),
	};
	const watched = new Map([...now.onSale].filter(([id]) => now.isWatched(id)));
	const { filter, events, mostChanges } = settings;
	const learnt = { ...seen, filter, storm: undefined };
	if (memory.plans === undefined) return { items: [], memory: { ...learnt, plans: watched } };
	const { changes, next } = compare(memory.plans, now);
	const isOtherFilter = memory.filter !== filter;
	// What is new to the filter is learnt and not told, and so is what it leaves out.
	const counted = isOtherFilter
		? changes.filter(({ planId, was, is }) => was && (!is || now.isWatched(planId)))
		: changes;
	const judged = counted.filter(({ event }) => events.has(event) || OF_OUTAGES.includes(event));
	if (judged.length > mostChanges)
		return stormOf(judged, memory, {
			sold: sold.size,
			seen: { ...memory, ...seen, plans: seenAgain(memory.plans, now) },
		});
	const items = counted.filter(({ event }) => events.has(event)).map(changeItem);
	return { items, memory: { ...learnt, plans: bounded(next) } };
}

function notWhole(context: IPollFunctions, { doubts = 0 }: Memory, incomplete: string): Found {
	log(context, 'info', `MicroeSIM Watch Trigger: the catalogue was not complete: ${incomplete}`);
	const memory = { incomplete, doubts: doubts + 1 };
	if (doubts + 1 < PATIENCE) return { items: [], memory };
	const fault = refusal(
		context,
		0,
		`The catalogue of MicroeSIM was not complete in ${doubts + 1} looks in a row: ${incomplete}`,
		'Nothing was learnt of it, and nothing is told until it is. If it stays so, ask MicroeSIM.',
	);
	return { items: [], memory, fault };
}

/** "In a row" means that no good look lay between. */
const seenAgain = (
	known: ReadonlyMap<string, KnownPlan>,
	{ onSale }: Catalogue,
): Map<string, KnownPlan> =>
	new Map([...known].map(([id, plan]) => [id, onSale.has(id) ? { ...plan, missing: 0 } : plan]));

function bounded(plans: Map<string, KnownPlan>): Map<string, KnownPlan> {
	const gone = [...plans].filter(([, { isGone }]) => isGone);
	for (const [id] of gone.slice(0, Math.max(0, gone.length - MOST_GONE))) plans.delete(id);
	return plans;
}

/** Told once, as long as it goes on. */
function stormOf(
	changes: PlanChange[],
	{ storm }: Memory,
	{ sold, seen }: { sold: number; seen: Memory },
): Found {
	const memory = { ...seen, storm: true };
	if (storm) return { items: [], memory };
	const counts: Record<string, number> = {};
	for (const { event } of changes) counts[event] = (counts[event] ?? 0) + 1;
	const item = {
		event: 'too_many_changes',
		changes: changes.length,
		...counts,
		plans_on_sale: sold,
		advice:
			'Look whether MicroeSIM works and the credential is the right one. Nothing was learnt: when the plans are back, nothing is told. If it is true, raise "Most Changes at Once" to be told of them all.',
	};
	return { items: [item], memory };
}
