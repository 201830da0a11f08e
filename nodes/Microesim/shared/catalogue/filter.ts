import { numberOrNull } from '../answers/numbers';
import { countriesOf, dataTypeOf, isOnSale, needsEkyc, type VendorPlan } from '../answers/plan';
import { listOf } from '../answers/shapes';
import { fieldText, splitWords, textOrNull } from '../answers/text';

/** What a user asks for in the field "Filters" of Data Plan → Get Many. */
export interface PlanFilters {
	countryCodes?: string | string[];
	countryMatch?: 'any' | 'all';
	nameContains?: string;
	minDays?: number;
	maxDays?: number;
	minPrice?: number;
	maxPrice?: number;
	dataType?: 'any' | 'unlimited' | 'daily' | 'total';
	activationType?: 'any' | 'ACTIVEDBYDEVICE' | 'ACTIVEDBYORDER';
	onSaleOnly?: boolean;
	ekyc?: 'any' | 'without' | 'with';
}

type Test = (plan: VendorPlan) => boolean;

/** A plan without a number is outside every range; a bound that is empty is none. */
function rangeTest(field: 'day' | 'price', lowest: unknown, highest: unknown): Test[] {
	const from = numberOrNull(lowest);
	const to = numberOrNull(highest);
	if (from === null && to === null) return [];
	const isWithin = (number: number) => number >= (from ?? -Infinity) && number <= (to ?? Infinity);
	return [(plan) => isWithin(numberOrNull(plan[field]) ?? NaN)];
}

/**
 * @returns whether a plan passes all filters; those that are not set let everything pass, except "On Sale
 *   Only", which is on by default
 */
export function planFilter(filters: PlanFilters): Test {
	const countries = splitWords(
		listOf(filters.countryCodes)
			.map((code) => fieldText(code) ?? '')
			.join(),
	).map((code) => code.toUpperCase());
	const name = (fieldText(filters.nameContains) ?? '').toLowerCase();
	const { dataType = 'any', activationType = 'any', ekyc = 'any' } = filters;
	const tests: Test[] = [];
	if (filters.onSaleOnly !== false) tests.push(isOnSale);
	if (countries.length > 0) {
		tests.push((plan) => coversCountries(plan, countries, filters.countryMatch ?? 'any'));
	}
	if (name !== '') {
		tests.push((plan) =>
			(textOrNull(plan.channel_dataplan_name) ?? '').toLowerCase().includes(name),
		);
	}
	tests.push(...rangeTest('day', filters.minDays, filters.maxDays));
	tests.push(...rangeTest('price', filters.minPrice, filters.maxPrice));
	if (dataType !== 'any') tests.push((plan) => dataTypeOf(plan) === dataType);
	if (activationType !== 'any') {
		tests.push((plan) => textOrNull(plan.active_type) === activationType);
	}
	if (ekyc !== 'any') tests.push((plan) => needsEkyc(plan) === (ekyc === 'with'));
	return (plan) => tests.every((test) => test(plan));
}

function coversCountries(plan: VendorPlan, wanted: string[], match: 'any' | 'all'): boolean {
	const covered = countriesOf(plan);
	return match === 'all'
		? wanted.every((code) => covered.includes(code))
		: wanted.some((code) => covered.includes(code));
}
