import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { networksOfOutput, simplifyPlan, type VendorPlan } from '../../shared/answers/plan';
import { listOf } from '../../shared/answers/shapes';
import { fieldText } from '../../shared/answers/text';
import { Catalogue, catalogueOfRun } from '../../shared/catalogue/catalogue';
import { planFilter, type PlanFilters } from '../../shared/catalogue/filter';
import { LARGEST_PAGE } from '../../shared/catalogue/pages';
import { FirstPlans, KEYS, type SortBy } from '../../shared/catalogue/sort';
import { refusal } from '../../shared/errors/refusal';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import {
	isSimplified,
	numberWithin,
	oneOf,
	optionText,
	optionsOf,
	wholeNumber,
} from '../../shared/parameters';
import type { Operation, Result } from '../operation';
import { DAYS, FILTERS } from './filterFields';
import { CATALOGUE_ORDER, getManyFields, MOST_PLANS, SORTS } from './getManyFields';
import { readSieve } from './sieve';

export const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many data plans',
	subtitle: 'Get plans',
	description: 'Get the data plans that can be bought, with their prices',
	fields: getManyFields,
	async execute(context, itemIndex) {
		const limit = limitOf(context, itemIndex);
		const passes = planFilter(filtersOf(context, itemIndex));
		const sortBy = sortByOf(context, itemIndex);
		// What nobody reads after this item needs no copy, and is not held.
		const isLast = itemIndex === context.getInputData().length - 1;
		const toItem = itemsOf(context, itemIndex, isLast);
		const catalogue = catalogueFor(context, itemIndex);
		if (sortBy !== undefined) {
			const first = new FirstPlans(KEYS[sortBy], limit);
			for await (const plans of catalogue.plansByPage(itemIndex, () => Infinity, isLast))
				for (const plan of plans) if (passes(plan)) first.add(plan);
			return first.all().map(toItem);
		}
		const results: Result[] = [];
		let looked = 0;
		const pagesNeeded = () =>
			limit === Infinity ? limit : pagesFor(limit - results.length, results.length, looked);
		for await (const plans of catalogue.plansByPage(itemIndex, pagesNeeded, isLast)) {
			looked++;
			for (const plan of plans) {
				if (!passes(plan)) continue;
				results.push(toItem(plan));
				if (results.length >= limit) return results;
			}
		}
		return results;
	},
};

/** How plans become items. Each input item gets plans of its own: changing one must not change another's. */
function itemsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	isLast: boolean,
): (plan: VendorPlan) => Result {
	const simplified = isSimplified(context, itemIndex);
	const readNetworks = networksOfOutput();
	return (plan) => {
		const own = isLast ? plan : deepCopy(plan);
		return { json: simplified ? simplifyPlan(own, readNetworks) : (own as IDataObject) };
	};
}

function sortByOf(context: IExecuteFunctions, itemIndex: number): SortBy | undefined {
	const value = context.getNodeParameter('sortBy', itemIndex, CATALOGUE_ORDER) as unknown;
	const choices = [CATALOGUE_ORDER, ...SORTS.map((sort) => sort.value)] as const;
	const sortBy = oneOf(context, value, 'Sort By', choices, itemIndex);
	return sortBy === CATALOGUE_ORDER ? undefined : sortBy;
}

/** As many as it takes if the pages to come hold as many hits as those before; nobody knows before the first hit. */
const pagesFor = (wanted: number, found: number, pages: number): number | undefined =>
	found === 0 ? undefined : Math.ceil((wanted * pages) / found);

function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false)) return Infinity;
	const limit = context.getNodeParameter('limit', itemIndex, 50);
	return wholeNumber(context, limit, 'Limit', [1, MOST_PLANS], itemIndex);
}

function filtersOf(context: IExecuteFunctions, itemIndex: number): PlanFilters {
	const filters = readSieve(context, itemIndex, FILTERS, 'filter') as PlanFilters;
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
