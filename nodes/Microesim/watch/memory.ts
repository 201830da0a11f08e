import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { nodeOf } from '../shared/context';
import type { Balance } from '../shared/watch/balance';
import type { KnownPlan } from '../shared/watch/knownPlan';
import { readPlans, writePlans } from '../shared/watch/memory';

/** What a watch trigger has learnt. */
export interface Memory {
	balance?: Balance;
	plans?: ReadonlyMap<string, KnownPlan>;
	/** Which plans those are of. */
	filter?: string;
	/** The storm that was told of last, and that goes on. */
	storm?: string;
}

/** As n8n keeps it. */
type Kept = Omit<Memory, 'plans'> & { account: string; plans?: string };

/**
 * In the workflow's data, by the node's ID: n8n keeps a node's own data by its name, and a renamed node would begin
 * anew.
 */
const PLACE = 'microesimWatch';

/** @param account its name by `accountOf`: of another account nothing is known */
export function readMemory(context: IPollFunctions, account: string): Memory {
	const all = context.getWorkflowStaticData('global')[PLACE] as Record<string, Kept> | undefined;
	const kept = all?.[nodeOf(context).id];
	if (kept?.account !== account) return {};
	const { plans, ...others } = kept;
	return { ...others, ...(plans !== undefined && { plans: readPlans(plans) }) };
}

export function writeMemory(context: IPollFunctions, account: string, memory: Memory): void {
	const { plans, ...others } = memory;
	const kept: Kept = { ...others, account, ...(plans && { plans: writePlans(plans) }) };
	const data = context.getWorkflowStaticData('global');
	// Set as a whole: n8n does not see what changes further inside, and would not save it.
	data[PLACE] = { ...(data[PLACE] as IDataObject), [nodeOf(context).id]: kept };
}
