/** Texts as they are typed, and as they are searched: a plan is found by words in any order. */

const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const withoutAccents = (text: string): string =>
	isAscii(text) ? text : text.normalize('NFKD').replace(/\p{Mark}/gu, '');

/**
 * Small letters without accents, and one word for what is one thing: "7 Days" and "7-day" are "7d", "5 GB" is "5gb".
 */
export const comparable = (text: string): string =>
	withoutAccents(text)
		.toLowerCase()
		.replace(/(?<![a-z\d.])(\d+)[\s-]*(?:days?|da|d)(?![a-z\d])/g, '$1d')
		.replace(/(\d)[\s-]*([kmgt]b)(?![a-z\d])/g, '$1$2');

/** "120,50" is how much of the world writes an amount. */
const withPoint = (typed: string): string => typed.replace(/(?<=\d),(?=\d\d?(?!\d))/g, '.');

/** @returns the words of a typed text, longest first: what is rare decides at once */
export const wordsOf = (typed: string): string[] =>
	comparable(withPoint(typed))
		.split(/[\s,;|·&/()]+/u)
		.filter((word) => /[\p{Letter}\p{Number}]/u.test(word))
		.sort((one, other) => other.length - one.length);

/** Days, data and money, whose digits stand in every ID; and codes of countries, which stand in every name. */
const SHORT = /^(\d{1,4}(\.\d*)?(d|[kmgt]b?)?|[a-z]{1,2})$/;

/** What may not follow a short word. */
function endOf(word: string): RegExp | undefined {
	if (/^\d+$/.test(word)) return /\d/;
	return /\dd$/.test(word) ? /[a-z\d]/ : undefined;
}

/**
 * What finds a word in a comparable text: a long one anywhere, a short one at the start of a word, a number as a whole
 * ("7" is not in "17", "5gb" not in "15gb", "120" is in "120.50").
 */
export function wordFinder(word: string): (text: string) => boolean {
	if (!SHORT.test(word)) return (text) => text.includes(word);
	const end = endOf(word);
	return (text) => {
		for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
			const isStart = !/[a-z\d.]/.test(text.charAt(at - 1));
			if (isStart && !end?.test(text.charAt(at + word.length))) return true;
		}
		return false;
	};
}
