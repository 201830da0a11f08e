import { numberOrNull } from '../answers/numbers';
import { dataInWords, planIdOf, readCountries, type VendorPlan } from '../answers/plan';
import { remembered } from '../answers/remembered';
import { textOrNull } from '../answers/text';
import { countryNames } from './countryNames';
import { comparable, wordFinder, wordsOf } from './searchedText';

/** Where plans work; those for the same countries share one. */
interface Where {
	shown: string;
	/** Codes and names, as they are searched. */
	searched: string;
}

/** A plan as the list behind the field "Plan" shows and searches it. Not the plan itself: lists are long, and kept. */
export interface ListedPlan {
	id: string;
	/** What decides first: a row shows some forty letters. */
	shown: string;
	/** Infinity where it is no number. */
	price: number;
	where: Where;
	/** All but the countries, as it is searched. */
	searched: string;
}

const MOST_SHOWN = 3;

const whereOf = remembered((codes): Where => {
	const countries = readCountries(codes);
	return {
		shown: countries.length > MOST_SHOWN ? `${countries.length} countries` : countries.join(', '),
		searched: comparable(countries.map(countryNames).join('\n')),
	};
});

const daysInWords = (day: string): string => `${day} ${day === '1' ? 'day' : 'days'}`;

/** @param plan as MicroeSIM lists it */
export function listedPlan(plan: VendorPlan): ListedPlan {
	const id = planIdOf(plan);
	const name = textOrNull(plan.channel_dataplan_name) ?? '';
	const days = daysInWords(textOrNull(plan.day) ?? '?');
	const price = textOrNull(plan.price) ?? '?';
	const cost = `${price} ${textOrNull(plan.currency) ?? ''}`.trim();
	const { shown: data, searched: dataSearched } = dataOf(textOrNull(plan.data) ?? '');
	const where = whereOf(textOrNull(plan.code) ?? '');
	return {
		id,
		shown: [days, data, cost, where.shown, name || id].filter(Boolean).join(' · '),
		price: numberOrNull(plan.price) ?? Infinity,
		where,
		searched: `${comparable(`${name}\n${id}\n${days} days\n${cost}`)}\n${dataSearched}`,
	};
}

const dataOf = remembered((data): { shown: string; searched: string } => {
	const shown = dataInWords(data);
	return {
		shown,
		searched: comparable(`${shown}\n${data}\n${shown.includes('/day') ? 'daily' : ''}`),
	};
});

/**
 * What a typed text finds: plans of which all its words are true, in any order. Searched are name, ID, countries (names
 * and codes), days, data and price.
 *
 * @param typed "" finds everything
 */
export function planSearch(typed: string): (plan: ListedPlan) => boolean {
	const tests = wordsOf(typed).map((word) => {
		const [, number] = /^(.*\d)gb$/.exec(word) ?? [];
		if (number === undefined) return wordTest(word);
		// GB is the United Kingdom, too.
		const [data, ...both] = [word, number, 'gb'].map(wordTest);
		return (plan: ListedPlan) => data!(plan) || both.every((test) => test(plan));
	});
	return (plan) => tests.every((test) => test(plan));
}

function wordTest(word: string): (plan: ListedPlan) => boolean {
	const isIn = wordFinder(word);
	const isThere = new Map<Where, boolean>();
	return ({ searched, where }) => {
		if (isIn(searched)) return true;
		const known = isThere.get(where) ?? isIn(where.searched);
		isThere.set(where, known);
		return known;
	};
}
