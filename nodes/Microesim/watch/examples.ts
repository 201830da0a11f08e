import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { VendorPlan } from '../shared/answers/plan';
import { LARGEST_PAGE, readPage } from '../shared/catalogue/pages';
import { accountOf } from '../shared/transport/account';
import type { Balance } from '../shared/watch/balance';
import { changeItem, type PlanChange } from '../shared/watch/compare';
import { knownPlan, plansOnSale } from '../shared/watch/remembered';
import { BALANCE_EVENTS, PLAN_EVENTS, type WatchEvent } from './events';
import type { WatchSettings } from './settings';

/** What an item looks like, with the balance as it is now: it has fallen from a little above. */
export function exampleBalance(events: ReadonlySet<WatchEvent>, is: Balance): IDataObject[] {
	const [event] = BALANCE_EVENTS.filter((one) => events.has(one));
	const { balance, currency, threshold = null } = is;
	return [
		{ event: event!, balance, balance_before: balance + 10, difference: -10, currency, threshold },
	];
}

/** What an item looks like, with a plan as it is now: the first page is enough. */
export async function examplePlan(
	context: IPollFunctions,
	{ events, isWatched }: WatchSettings,
): Promise<IDataObject[]> {
	const asked = { pageNo: 1, pageSize: LARGEST_PAGE };
	const { plans } = await readPage(context, await accountOf(context, 0), asked, 0);
	const sold: Array<[string, VendorPlan]> = [...plansOnSale(plans)];
	const [planId, plan] = sold.find(([, one]) => isWatched(one)) ?? sold[0] ?? [];
	const [event] = PLAN_EVENTS.filter((one) => events.has(one));
	if (planId === undefined || plan === undefined) return [];
	const known = knownPlan(plan);
	const change: PlanChange = {
		event: event!,
		planId,
		...(event !== 'new_plan' && { was: known }),
		...(event !== 'plan_gone' && { is: known }),
	};
	return [changeItem(change)];
}
