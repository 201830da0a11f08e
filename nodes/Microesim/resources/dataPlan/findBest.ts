import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../../shared/answers/numbers';
import { isOnSale, simplifyPlan, type VendorPlan } from '../../shared/answers/plan';
import { textOrNull } from '../../shared/answers/text';
import { catalogueOfRun } from '../../shared/catalogue/catalogue';
import { conditionsOf } from '../../shared/catalogue/conditions';
import { NearestMiss } from '../../shared/catalogue/nearestMiss';
import { salesPrice } from '../../shared/catalogue/salesPrice';
import { FirstPlans, KEYS } from '../../shared/catalogue/sort';
import { refusal } from '../../shared/errors/refusal';
import { isSimplified, oneOf, optionsOf, wholeNumber } from '../../shared/parameters';
import type { Operation } from '../operation';
import { findBestFields, RUNNERS_UP } from './findBestFields';
import { readPricing, type Pricing } from './readPricing';
import { readWish } from './readWish';

const OTHERWISE = ['error', 'nothing'] as const;

export const findBest: Operation = {
	name: 'Find Best',
	value: 'findBest',
	action: 'Find best data plan',
	subtitle: 'Find best plan',
	description:
		'Get the cheapest data plan for countries, days and data, with a price for your shop',
	fields: findBestFields,
	async execute(context, itemIndex) {
		const conditions = conditionsOf(readWish(context, itemIndex));
		const pricing = readPricing(context, itemIndex);
		const { ifNothingFits = 'error', runnersUp = 0 } = optionsOf(context, itemIndex);
		const otherwise = oneOf(context, ifNothingFits, 'If Nothing Fits', OTHERWISE, itemIndex);
		const more = wholeNumber(context, runnersUp, 'Runners-Up', RUNNERS_UP, itemIndex);
		const best = new FirstPlans(KEYS.best, 1 + more);
		const misses = new NearestMiss();
		const currencies = new Set<string>();
		const isLast = itemIndex === context.getInputData().length - 1;
		const pages = catalogueOfRun(context).plansByPage(itemIndex, () => Infinity, isLast);
		for await (const plans of pages) {
			for (const plan of plans.filter(isOnSale)) {
				const missed = conditions.filter((condition) => !condition.isMet(plan));
				if (missed.length > 0) misses.add(plan, missed);
				else {
					best.add(plan);
					currencies.add(textOrNull(plan.currency) ?? 'no currency');
				}
			}
		}
		if (currencies.size > 1) throw notComparable(context, itemIndex, [...currencies]);
		const found = best.all();
		if (found.length === 0 && otherwise === 'error') {
			const { message, description } = misses.inWords();
			throw refusal(context, itemIndex, message, description);
		}
		const simplified = isSimplified(context, itemIndex);
		return found.map((plan, index) => ({
			json: { ...itemOf(plan, simplified), rank: index + 1, ...priced(plan, pricing) },
		}));
	},
};

const itemOf = (plan: VendorPlan, simplified: boolean): IDataObject =>
	simplified ? simplifyPlan(plan) : (deepCopy(plan) as IDataObject);

function priced(plan: VendorPlan, pricing: Pricing | undefined): IDataObject {
	if (!pricing) return {};
	return {
		sales_price: salesPrice(numberOrNull(plan.price), pricing),
		sales_currency: pricing.currency ?? textOrNull(plan.currency),
	};
}

const notComparable = (context: IExecuteFunctions, itemIndex: number, currencies: string[]) =>
	refusal(
		context,
		itemIndex,
		`The plans that fit are priced in ${currencies.join(' and ')}, so none of them can be called the cheapest`,
		'Add the condition "Currency".',
	);
