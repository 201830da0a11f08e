import type { IExecuteFunctions } from 'n8n-workflow';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { planIdOf, startsWithOrder, type VendorPlan } from '../answers/plan';
import { catalogueOfRun } from '../catalogue/catalogue';
import { log } from '../log';
import { waitAtMost } from '../pause';
import { accountOf } from '../transport/account';
import { hintThatItStarts } from './activation';
import type { Paid } from './deliver';

/**
 * MicroeSIM has no call for one plan, and its catalogue can have 30 pages: a run that has bought what it was to buy
 * is not held up longer than this for a hint. At most the page that is on its way then is read to its end.
 */
const LONGEST_LOOK_MS = 10_000;

/** Who buys the same plans all day looks for each of them once an hour, also where it was not found. */
const KEPT_MS = 60 * 60 * 1000;
const KEPT_PLANS = 1000;

const kept = new Map<string, { plan?: VendorPlan; since: number }>();

/**
 * Says in the output pane which of the orders that were just bought start to run at once. Only for orders without
 * an Activation Date whose plan no check has read: those are looked up here, after the money was spent.
 *
 * Never throws, and what goes wrong is logged: the orders are paid, and their IDs must come out.
 */
export async function hintAtStarts(context: IExecuteFunctions, purchases: Paid[]): Promise<void> {
	try {
		const account = await accountOf(context, 0);
		const keyOf = (planId: string) => `${account} ${planId}`;
		const now = Date.now();
		const wanted = new Set<string>();
		for (const planId of planIds(purchases)) {
			const known = kept.get(keyOf(planId));
			if (!known || now - known.since > KEPT_MS) wanted.add(planId);
			else if (known.plan) hintWhereItStarts(context, known.plan);
		}
		const unknown = [...wanted];
		await lookFor(context, wanted, now + LONGEST_LOOK_MS, (plan) => {
			kept.set(keyOf(planIdOf(plan)), { plan, since: now });
			hintWhereItStarts(context, plan);
		});
		for (const planId of unknown.filter((id) => wanted.has(id)))
			kept.set(keyOf(planId), { since: now });
		dropOldest(kept, KEPT_PLANS);
		if (wanted.size > 0) warn(context, `not found in time: ${[...wanted].join(', ')}`);
	} catch (error) {
		warn(context, (error as Error).message);
	}
}

function planIds(purchases: Paid[]): Set<string> {
	const unread = purchases.filter(({ wanted: { isDated, options }, bought }) => {
		const isChecked = Object.values(options.checks).some((check) => check !== undefined);
		return !isDated && !isChecked && !bought.duplicate;
	});
	return new Set(unread.map(({ wanted }) => wanted.order.channel_dataplan_id));
}

function hintWhereItStarts(context: IExecuteFunctions, plan: VendorPlan): void {
	if (startsWithOrder(plan)) hintThatItStarts(context, plan);
}

/** Looks until every plan was found, the time is over or the execution was stopped. */
async function lookFor(
	context: IExecuteFunctions,
	wanted: Set<string>,
	deadline: number,
	found: (plan: VendorPlan) => void,
): Promise<void> {
	if (wanted.size === 0) return;
	let over = false;
	const lookForOne = async (planId: string): Promise<void> => {
		const plan = await catalogueOfRun(context).find(planId, 0, () => over);
		if (over || !plan) return;
		wanted.delete(planId);
		found(plan);
	};
	try {
		const looking = Promise.all([...wanted].map(lookForOne));
		await waitAtMost(context, deadline - Date.now(), looking);
	} finally {
		over = true;
	}
}

const warn = (context: IExecuteFunctions, what: string): void =>
	log(
		context,
		'warn',
		`Whether the plans of the orders become active at once could not be looked up (${what}). The orders themselves are placed.`,
	);
