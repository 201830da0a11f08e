import { numberOrNull } from '../answers/numbers';
import {
	amountInWords,
	countriesOf,
	dataTypeOf,
	megabytesFor,
	needsEkyc,
	type VendorPlan,
} from '../answers/plan';
import { textOrNull } from '../answers/text';

/** What a user asks of a plan. */
export interface PlanWish {
	/** ISO 3166 codes in capitals; all of them. */
	countries: readonly string[];
	/** At least so many. */
	days: number;
	/** At least so many, over these days; 0 for any amount. */
	megabytes: number;
	activationType?: string;
	currency?: string;
	maximumPrice?: number;
	nameContains?: string;
	unlimitedOnly?: boolean;
	withoutEkyc?: boolean;
}

/** One of the things a plan must be, by the name it has in the editor. */
export interface Condition {
	label: string;
	isMet(plan: VendorPlan): boolean;
	/** The greater, the nearer a plan that does not meet it. */
	nearness(plan: VendorPlan): number;
	/** How near the nearest comes. */
	tell(nearest: VendorPlan): string;
}

const priceInWords = (plan: VendorPlan): string =>
	`${textOrNull(plan.price) ?? 'an unknown price'} ${textOrNull(plan.currency) ?? ''}`.trim();

const dataOver = (plan: VendorPlan, days: number): string => {
	const megabytes = megabytesFor(plan, days);
	return megabytes === null ? 'an amount that MicroeSIM does not say' : amountInWords(megabytes);
};

/** @returns a condition for each wish that was made */
export function conditionsOf(wish: PlanWish): Condition[] {
	const { countries, days, megabytes, activationType, maximumPrice } = wish;
	const name = wish.nameContains?.toLowerCase();
	const currency = wish.currency?.toUpperCase();
	const dataOf = (plan: VendorPlan) => megabytesFor(plan, days) ?? 0;
	const priceOf = (plan: VendorPlan) => numberOrNull(plan.price) ?? Infinity;
	const covered = (plan: VendorPlan) =>
		countries.filter((code) => countriesOf(plan).includes(code));
	const all: Array<Condition | false | undefined> = [
		{
			label: 'Country Codes',
			isMet: (plan) => covered(plan).length === countries.length,
			nearness: (plan) => covered(plan).length,
			tell: (plan) => `the nearest works in ${covered(plan).join(', ') || 'none of them'} alone`,
		},
		{
			label: 'Days',
			isMet: (plan) => (numberOrNull(plan.day) ?? 0) >= days,
			nearness: (plan) => numberOrNull(plan.day) ?? 0,
			tell: (plan) => `the longest lasts ${textOrNull(plan.day) ?? 'an unknown number of'} days`,
		},
		megabytes > 0 && {
			label: 'Data (GB)',
			isMet: (plan) => dataOf(plan) >= megabytes,
			nearness: dataOf,
			tell: (plan) => `the most is ${dataOver(plan, days)}`,
		},
		wish.unlimitedOnly && {
			label: 'Unlimited Only',
			isMet: (plan) => dataTypeOf(plan) === 'unlimited',
			nearness: dataOf,
			tell: (plan) => `the most is ${dataOver(plan, days)}`,
		},
		activationType !== undefined && {
			label: 'Activation Type',
			isMet: (plan) => textOrNull(plan.active_type) === activationType,
			nearness: () => 0,
			tell: (plan) => `all others are ${textOrNull(plan.active_type) ?? 'of no known type'}`,
		},
		wish.withoutEkyc && {
			label: 'Without eKYC',
			isMet: (plan) => !needsEkyc(plan),
			nearness: () => 0,
			tell: () => 'all others ask travellers to prove their identity',
		},
		currency !== undefined && {
			label: 'Currency',
			isMet: (plan) => textOrNull(plan.currency)?.toUpperCase() === currency,
			nearness: () => 0,
			tell: (plan) => `others are priced in ${textOrNull(plan.currency) ?? 'no currency'}`,
		},
		maximumPrice !== undefined && {
			label: 'Maximum Price',
			isMet: (plan) => priceOf(plan) <= maximumPrice,
			nearness: (plan) => -priceOf(plan),
			tell: (plan) => `the cheapest costs ${priceInWords(plan)}`,
		},
		name !== undefined && {
			label: 'Name Contains',
			isMet: (plan) => (textOrNull(plan.channel_dataplan_name) ?? '').toLowerCase().includes(name),
			nearness: () => 0,
			tell: (plan) => `others have names such as "${textOrNull(plan.channel_dataplan_name) ?? ''}"`,
		},
	];
	return all.filter((condition) => condition !== false && condition !== undefined);
}
