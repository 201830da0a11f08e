import { planIdOf, readCountries, type VendorPlan } from '../answers/plan';
import { remembered } from '../answers/remembered';
import { textOrNull } from '../answers/text';

/** Where plans work; those for the same countries share one. */
export interface Where {
	/** ISO 3166 codes in capitals. */
	countries: readonly string[];
	/** Their English names in small letters. */
	names: readonly string[];
}

/** A plan as the list behind the field "Plan" shows and searches it. Not the plan itself: lists are long, and kept. */
export interface ListedPlan {
	id: string;
	name: string;
	price: string;
	days: string;
	where: Where;
	/** Name and id in small letters. */
	searched: string;
}

let regionNames: Intl.DisplayNames | undefined;

function countryName(code: string): string {
	if (!/^[A-Z]{2}$/.test(code)) return code;
	// Made at the first search, because n8n's start would wait for its data.
	regionNames ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
	return regionNames.of(code) ?? code;
}

const whereOf = remembered((codes): Where => {
	const countries = readCountries(codes);
	return { countries, names: countries.map((code) => countryName(code).toLowerCase()) };
});

export function listedPlan(plan: VendorPlan): ListedPlan {
	const id = planIdOf(plan);
	const name = textOrNull(plan.channel_dataplan_name) ?? '';
	return {
		id,
		name,
		price: `${textOrNull(plan.price) ?? '?'} ${textOrNull(plan.currency) ?? ''}`.trim(),
		days: `${textOrNull(plan.day) ?? '?'} days`,
		where: whereOf(textOrNull(plan.code) ?? ''),
		searched: `${name}\n${id}`.toLowerCase(),
	};
}

/**
 * What a typed text finds: a part of the name, of the id or of a country's name, or a country's code.
 *
 * @param wanted in small letters, trimmed; "" finds everything
 */
export function planSearch(wanted: string): (plan: ListedPlan) => boolean {
	const code = /^[a-z]{2}$/.test(wanted) ? wanted.toUpperCase() : undefined;
	const found = new Map<Where, boolean>();
	const isThere = (where: Where): boolean => {
		const known = found.get(where);
		if (known !== undefined) return known;
		const { countries, names } = where;
		const is =
			(code !== undefined && countries.includes(code)) ||
			names.some((name) => name.includes(wanted));
		found.set(where, is);
		return is;
	};
	return ({ searched, where }) => searched.includes(wanted) || isThere(where);
}
