import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { cleanText } from '../shared/answers/text';
import { planListOf } from '../shared/catalogue/planList';

/**
 * The entries of the list behind the field "Plan": plans on sale, the cheapest first, searched by what a row shows
 * (days, data, price, countries, name) and by ID.
 *
 * @param filter what the user typed
 * @param paginationToken where to go on, as told before
 */
export async function searchPlans(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const typed = cleanText(filter ?? '');
	const list = await planListOf(this, paginationToken === undefined && typed === '');
	const { plans, next } = await list.search(this, typed, paginationToken);
	return {
		results: plans.map(({ id, shown }) => ({ name: shown, value: id })),
		...(next !== undefined && { paginationToken: next }),
	};
}
