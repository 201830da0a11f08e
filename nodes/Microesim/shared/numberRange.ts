import { numberOrNull } from './answers/numbers';

/** The numbers a field takes, both ends included. */
export interface NumberRange {
	from: number;
	to: number;
	/** Then `from` itself is not taken. */
	above?: true;
	whole?: true;
}

/** Amounts of money, in any currency. */
export const AMOUNTS: NumberRange = { from: 0, to: 1_000_000_000 };

/** @returns the number in a field, also where it comes as text; undefined where there is none in the range */
export function numberIn(
	value: unknown,
	{ from, to, above, whole }: NumberRange,
): number | undefined {
	const number = numberOrNull(value);
	if (number === null || number < from || number > to) return undefined;
	return (above && number === from) || (whole && !Number.isInteger(number)) ? undefined : number;
}

/** The range in words, to stand behind "must be". */
export function rangeInWords({ from, to, above, whole }: NumberRange): string {
	const [lowest, highest] = [from, to].map((number) => number.toLocaleString('en-US'));
	const kind = whole ? 'a whole number' : 'a number';
	return above
		? `${kind} above ${lowest}, up to ${highest}`
		: `${kind} from ${lowest} to ${highest}`;
}
