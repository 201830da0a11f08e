import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { cleanText } from '../shared/answers/text';
import { planListOf } from '../shared/catalogue/planList';
import { asNodeFailure, refusal } from '../shared/errors/refusal';

/**
 * The entries of the list behind the field "Plan": plans on sale, the cheapest first, searched by what a row shows
 * (days, data, price, countries, name) and by ID.
 *
 * @param filter what the user typed
 * @param paginationToken where to go on, as told before
 * @throws NodeOperationError whose message says what to do, too: the list shows nothing else of it
 */
export async function searchPlans(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		return await entries(this, cleanText(filter ?? ''), paginationToken);
	} catch (thrown) {
		const { message, description } = asNodeFailure(this, thrown);
		const advice = description ?? '';
		// A failure is shared by all who ask at the same moment, so it is not changed.
		throw refusal(this, 0, advice === '' ? message : `${message}. ${advice}`, advice);
	}
}

async function entries(
	context: ILoadOptionsFunctions,
	typed: string,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const list = await planListOf(context, paginationToken === undefined && typed === '');
	const { plans, next } = await list.search(context, typed, paginationToken);
	return {
		results: plans.map(({ id, shown }) => ({ name: shown, value: id })),
		...(next !== undefined && { paginationToken: next }),
	};
}
