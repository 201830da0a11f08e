import { numberOrNull } from '../answers/numbers';
import type { VendorPlan } from '../answers/plan';
import { isObject, recordOf } from '../answers/shapes';
import type { RequestContext } from '../context';
import { refusal } from '../errors/refusal';
import { ENDPOINTS } from '../transport/endpoints';
import { inTurnOfAccount } from '../transport/perAccount';
import { request } from '../transport/request';

/** The largest page the API hands out (API document, esimDataplanListPage). */
export const LARGEST_PAGE = 500;

export interface Page {
	plans: VendorPlan[];
	/** Whether MicroeSIM says that more follow. */
	more: boolean;
	/** How many pages and plans there are, where MicroeSIM says it. */
	totalPages: number | null;
	total: number | null;
}

/** A catalogue that is not there must not pass for an empty one. */
function plansIn(context: RequestContext, list: unknown, itemIndex: number): VendorPlan[] {
	if (!Array.isArray(list)) {
		throw refusal(
			context,
			itemIndex,
			'MicroeSIM answered the request for data plans without a list of plans',
			'Try again in a few minutes, or switch the option "Source" of Data Plan → Get Many.',
		);
	}
	return list.filter(isObject);
}

/**
 * Reads one page of the catalogue; pages count from 1.
 *
 * @param account its name by `accountOf`: six of its pages are on their way at most
 * @param whenLimited is called each time MicroeSIM says that it is asked too much
 */
export async function readPage(
	context: RequestContext,
	account: string,
	{ pageNo, pageSize }: { pageNo: number; pageSize: number },
	itemIndex: number,
	whenLimited: () => void = () => {},
): Promise<Page> {
	const { result } = await inTurnOfAccount(
		account,
		async () =>
			await request(context, ENDPOINTS.planListPage, { pageNo, pageSize }, itemIndex, whenLimited),
	);
	const page = recordOf(result);
	const plans = plansIn(context, page.list, itemIndex);
	const totalPages = numberOrNull(page.totalPages);
	const more = totalPages === null ? plans.length >= pageSize : pageNo < totalPages;
	return { plans, more: more && plans.length > 0, totalPages, total: numberOrNull(page.total) };
}

/** Reads the whole catalogue in one answer. The API document advises against it above 10,000 plans. */
export async function readFullList(context: RequestContext, itemIndex: number): Promise<Page> {
	const { result } = await request(context, ENDPOINTS.planList, {}, itemIndex);
	const plans = plansIn(context, result, itemIndex);
	return { plans, more: false, totalPages: 1, total: plans.length };
}
