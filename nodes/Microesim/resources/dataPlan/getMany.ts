import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { networksOfOutput, simplifyPlan } from '../../shared/answers/plan';
import { listOf } from '../../shared/answers/shapes';
import { fieldText } from '../../shared/answers/text';
import { Catalogue, catalogueOfRun } from '../../shared/catalogue/catalogue';
import { planFilter, type PlanFilters } from '../../shared/catalogue/filter';
import { LARGEST_PAGE } from '../../shared/catalogue/pages';
import { refusal } from '../../shared/errors/refusal';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import {
	isSimplified,
	numberWithin,
	optionText,
	optionsOf,
	wholeNumber,
} from '../../shared/parameters';
import type { Operation, Result } from '../operation';
import { DAYS, getManyFields, MOST_PLANS } from './getManyFields';

export const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many data plans',
	description: 'Get the data plans that can be bought, with their prices',
	fields: getManyFields,
	async execute(context, itemIndex) {
		const limit = limitOf(context, itemIndex);
		const passes = planFilter(filtersOf(context, itemIndex));
		const simplified = isSimplified(context, itemIndex);
		const catalogue = catalogueFor(context, itemIndex);
		// Each item gets plans of its own: changing one must not change another's. What nobody reads after this
		// item needs no copy.
		const isLast = itemIndex === context.getInputData().length - 1;
		const readNetworks = networksOfOutput();
		const results: Result[] = [];
		let looked = 0;
		const pagesNeeded = () =>
			limit === Infinity ? limit : pagesFor(limit - results.length, results.length, looked);
		for await (const plans of catalogue.plansByPage(itemIndex, pagesNeeded)) {
			looked++;
			for (const plan of plans) {
				if (!passes(plan)) continue;
				const own = isLast ? plan : deepCopy(plan);
				results.push({ json: simplified ? simplifyPlan(own, readNetworks) : (own as IDataObject) });
				if (results.length >= limit) return results;
			}
		}
		return results;
	},
};

/** As many as it takes if the pages to come hold as many hits as those before; nobody knows before the first hit. */
const pagesFor = (wanted: number, found: number, pages: number): number | undefined =>
	found === 0 ? undefined : Math.ceil((wanted * pages) / found);

function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false)) return Infinity;
	const limit = context.getNodeParameter('limit', itemIndex, 50);
	return wholeNumber(context, limit, 'Limit', [1, MOST_PLANS], itemIndex);
}

function filtersOf(context: IExecuteFunctions, itemIndex: number): PlanFilters {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as PlanFilters;
	const { countryCodes, nameContains } = filters;
	for (const code of listOf(countryCodes)) {
		optionText(context, code, 'Country Codes', itemIndex, 'filter');
	}
	optionText(context, nameContains, 'Name Contains', itemIndex, 'filter');
	const ranges = [
		['Days', DAYS, filters.minDays, filters.maxDays],
		['Price', AMOUNTS, filters.minPrice, filters.maxPrice],
	] as const;
	for (const [label, range, lowest, highest] of ranges) {
		const from = boundOf(context, `${label} From`, lowest, range, itemIndex);
		const to = boundOf(context, `${label} To`, highest, range, itemIndex);
		if (from !== null && to !== null && from > to) {
			throw refusal(
				context,
				itemIndex,
				`The filter "${label} From" (${from}) is greater than "${label} To" (${to}), so no plan can match`,
			);
		}
	}
	return filters;
}

/** An empty bound is none; one that cannot be read must not let dearer plans pass. */
function boundOf(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	range: NumberRange,
	itemIndex: number,
): number | null {
	return fieldText(value) === ''
		? null
		: numberWithin(context, value, label, range, itemIndex, 'filter');
}

function catalogueFor(context: IExecuteFunctions, itemIndex: number): Catalogue {
	const { source = 'paged', pageSize = LARGEST_PAGE } = optionsOf(context, itemIndex);
	if (source === 'fullList') return new Catalogue(context, { source, pageSize: LARGEST_PAGE });
	const size = wholeNumber(context, pageSize, 'Page Size', [1, LARGEST_PAGE], itemIndex);
	return size === LARGEST_PAGE
		? catalogueOfRun(context)
		: new Catalogue(context, { source: 'paged', pageSize: size });
}
