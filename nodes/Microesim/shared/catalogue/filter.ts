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
function within(value: unknown, lowest: unknown, highest: unknown): boolean {
	const from = numberOrNull(lowest);
	const to = numberOrNull(highest);
	if (from === null && to === null) return true;
	const number = numberOrNull(value);
	return number !== null && number >= (from ?? -Infinity) && number <= (to ?? Infinity);
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
	const tests: Test[] = [
		(plan) => filters.onSaleOnly === false || isOnSale(plan),
		(plan) => coversCountries(plan, countries, filters.countryMatch ?? 'any'),
		(plan) => (textOrNull(plan.channel_dataplan_name) ?? '').toLowerCase().includes(name),
		(plan) => within(plan.day, filters.minDays, filters.maxDays),
		(plan) => within(plan.price, filters.minPrice, filters.maxPrice),
		(plan) => dataType === 'any' || dataTypeOf(plan) === dataType,
		(plan) => activationType === 'any' || textOrNull(plan.active_type) === activationType,
		(plan) => ekyc === 'any' || needsEkyc(plan) === (ekyc === 'with'),
	];
	return (plan) => tests.every((test) => test(plan));
}

function coversCountries(plan: VendorPlan, wanted: string[], match: 'any' | 'all'): boolean {
	if (wanted.length === 0) return true;
	const covered = countriesOf(plan);
	return match === 'all'
		? wanted.every((code) => covered.includes(code))
		: wanted.some((code) => covered.includes(code));
}
