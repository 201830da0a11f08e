import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { cleanText } from '../shared/answers/text';
import type { ListedPlan } from '../shared/catalogue/listedPlan';
import { planListOf } from '../shared/catalogue/planList';

/**
 * The entries of the list behind the field "Plan": plans on sale, searched by name, country (code or English
 * name) or id.
 *
 * @param filter what the user typed
 * @param paginationToken the position to go on from
 */
export async function searchPlans(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = Number(paginationToken ?? 0);
	const wanted = cleanText(filter ?? '').toLowerCase();
	const list = await planListOf(this, start === 0 && !filter);
	const { plans, next } = await list.search(this, wanted, start);
	return {
		results: plans.map(entryOf),
		...(next !== undefined && { paginationToken: String(next) }),
	};
}

function entryOf({
	id,
	name,
	price,
	days,
	where: { countries },
}: ListedPlan): INodeListSearchItems {
	const where = countries.length > 3 ? `${countries.length} countries` : countries.join(', ');
	return {
		name: `${name || id} · ${[price, days, where].filter(Boolean).join(' · ')}`,
		value: id,
	};
}
