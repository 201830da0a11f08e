import type { IExecuteFunctions } from 'n8n-workflow';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { catalogueOfRun } from '../catalogue/catalogue';
import { accountOf } from '../transport/account';
import { planFacts, type PlanFacts } from './planFacts';

/** What a plan holds changes for those who buy it then, so it need not be read each time. */
const KEPT_MS = 24 * 3600 * 1000;
/** To find out that a plan is gone costs the whole catalogue. */
const KEPT_GONE_MS = 6 * 3600 * 1000;
const KEPT_PLANS = 20_000;

interface Kept {
	facts: PlanFacts;
	until: number;
}

const kept = new Map<string, Kept>();

/**
 * Reads what the plans of some eSIMs say, with few requests: those that this process knows are not read, the others
 * where they were last seen.
 *
 * @returns the facts of each plan, none of one that is gone; and why those that are missing could not be read
 */
export async function factsOfPlans(
	context: IExecuteFunctions,
	planIds: Iterable<string>,
	itemIndex: number,
): Promise<{ found: Map<string, PlanFacts>; failed?: unknown }> {
	const account = await accountOf(context, itemIndex);
	const found = new Map<string, PlanFacts>();
	let failed: unknown;
	for (const planId of planIds) {
		const name = `${account} ${planId}`;
		const isFresh = (kept.get(name)?.until ?? 0) > Date.now();
		// A catalogue that could not be read is not asked again for each plan.
		if (!isFresh && failed === undefined)
			await readFacts(context, name, planId, itemIndex).catch((error: unknown) => (failed = error));
		// What was known serves, also when it is old.
		const known = kept.get(name);
		if (known) found.set(planId, known.facts);
	}
	return { found, failed };
}

async function readFacts(
	context: IExecuteFunctions,
	name: string,
	planId: string,
	itemIndex: number,
): Promise<void> {
	const plan = await catalogueOfRun(context).find(planId, itemIndex);
	// What is gone was sold with what it held.
	const facts = plan ? planFacts(plan) : (kept.get(name)?.facts ?? {});
	kept.delete(name);
	kept.set(name, { facts, until: Date.now() + (plan ? KEPT_MS : KEPT_GONE_MS) });
	dropOldest(kept, KEPT_PLANS);
}

/** Forgets what this process has read, as a restart would. For tests. */
export const forgetFacts = (): void => kept.clear();
