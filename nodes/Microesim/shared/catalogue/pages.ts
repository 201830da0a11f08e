import { numberOrNull } from '../numbers';
import type { VendorPlan } from '../plan';
import { ENDPOINTS } from '../transport/endpoints';
import { request } from '../transport/request';
import type { RequestContext } from '../transport/send';

/** The largest page the API hands out (API document, esimDataplanListPage). */
export const LARGEST_PAGE = 500;

export interface Page {
	plans: VendorPlan[];
	/** Whether MicroeSIM says that more follow. */
	more: boolean;
}

const plansIn = (list: unknown): VendorPlan[] =>
	(Array.isArray(list) ? list : []).filter(
		(plan): plan is VendorPlan => typeof plan === 'object' && plan !== null,
	);

/** Reads one page of the catalogue; pages count from 1. */
export async function readPage(
	context: RequestContext,
	pageNo: number,
	pageSize: number,
	itemIndex: number,
): Promise<Page> {
	const { result } = await request(context, ENDPOINTS.planListPage, { pageNo, pageSize }, itemIndex);
	const page = (typeof result === 'object' && result !== null ? result : {}) as Record<string, unknown>;
	const plans = plansIn(page.list);
	const totalPages = numberOrNull(page.totalPages);
	const more = totalPages === null ? plans.length >= pageSize : pageNo < totalPages;
	return { plans, more: more && plans.length > 0 };
}

/** Reads the whole catalogue in one answer. The API document advises against it above 10,000 plans. */
export async function readFullList(context: RequestContext, itemIndex: number): Promise<Page> {
	const { result } = await request(context, ENDPOINTS.planList, {}, itemIndex);
	return { plans: plansIn(result), more: false };
}
