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
		const known = kept.get(name);
		if (known && known.until > Date.now()) {
			found.set(planId, known.facts);
			continue;
		}
		const plan = await catalogueOfRun(context)
			.find(planId, itemIndex)
			.catch((error: unknown) => {
				failed ??= error;
				return undefined;
			});
		if (failed !== undefined) {
			// What was known serves, also when it is old.
			if (known) found.set(planId, known.facts);
			continue;
		}
		// What is gone was sold with what it held.
		const facts = plan ? planFacts(plan) : (known?.facts ?? {});
		found.set(planId, facts);
		kept.delete(name);
		kept.set(name, { facts, until: Date.now() + (plan ? KEPT_MS : KEPT_GONE_MS) });
		dropOldest(kept, KEPT_PLANS);
	}
	return { found, failed };
}

/** Forgets what this process has read, as a restart would. For tests. */
export const forgetFacts = (): void => kept.clear();
