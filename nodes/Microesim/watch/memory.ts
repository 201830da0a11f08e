import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../shared/answers/shapes';
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
	/** Whether a storm was told of that goes on. */
	storm?: boolean;
	/** What the last look found in place of a complete catalogue, and how many looks in a row did. */
	incomplete?: string;
	doubts?: number;
}

/** What a look found, and what to remember of it. */
export interface Found {
	items: IDataObject[];
	memory: Partial<Memory>;
	/** What is to be told beside that. */
	fault?: Error;
}

/** As n8n keeps it. */
interface Kept extends Omit<Memory, 'plans'> {
	account: string;
	plans?: string;
	/** When it was written, milliseconds since 1970. */
	at: number;
}

/**
 * In the workflow's data, by the node's ID: n8n keeps a node's own data by its name, and a renamed node would begin
 * anew.
 */
const PLACE = 'microesimWatch';

/** What a node has left that is no more. */
const KEPT_MS = 90 * 24 * 3600 * 1000;

const allKept = (context: IPollFunctions): Record<string, Kept> => {
	const all = context.getWorkflowStaticData('global')[PLACE];
	return isObject(all) ? (all as unknown as Record<string, Kept>) : {};
};

/** @param account its name by `accountOf`: of another account nothing is known, nor where the memory is damaged */
export function readMemory(context: IPollFunctions, account: string): Memory {
	const kept = allKept(context)[nodeOf(context).id];
	if (!isObject(kept) || kept.account !== account) return {};
	const { balance, filter, storm, incomplete, doubts } = kept;
	return {
		...(isBalance(balance) && { balance }),
		plans: readPlans(kept.plans),
		...(typeof filter === 'string' && { filter }),
		storm: storm === true,
		...(typeof incomplete === 'string' && { incomplete }),
		doubts: Number.isInteger(doubts) ? doubts : 0,
	};
}

const isBalance = (value: unknown): value is Balance =>
	isObject(value) && typeof value.balance === 'number' && typeof value.currency === 'string';

export function writeMemory(context: IPollFunctions, account: string, memory: Memory): void {
	const { plans, ...others } = memory;
	const now = Date.now();
	const kept: Kept = {
		...others,
		account,
		at: now,
		...(plans && { plans: writePlans(plans) }),
	};
	const living = Object.entries(allKept(context)).filter(([, { at }]) => now - at < KEPT_MS);
	// Set as a whole: n8n does not see what changes further inside, and would not save it.
	context.getWorkflowStaticData('global')[PLACE] = {
		...(Object.fromEntries(living) as unknown as IDataObject),
		[nodeOf(context).id]: kept,
	};
}
