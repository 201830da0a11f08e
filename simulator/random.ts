/** A stream of seeded draws. */
export interface Draw {
	/** Whole number from `low` to `high`, both included. */
	int(low: number, high: number): number;
	pick<T>(choices: readonly T[]): T;
	/** True with this probability, 0 to 1. */
	chance(probability: number): boolean;
	/** `length` decimal digits, leading zeros possible. */
	digits(length: number): string;
	/** `length` lower-case hexadecimal digits. */
	hex(length: number): string;
}

/** FNV-1a, so that each labelled stream starts elsewhere. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value >>> 0;
}

/**
 * Returns the stream named by `seed` and `labels`. Equal names give equal draws, whatever else was drawn before,
 * so order 3 gets the same ids in every run with the same seed. Generator: mulberry32.
 */
export function drawFrom(seed: number, ...labels: Array<string | number>): Draw {
	let state = hash([seed, ...labels].join('|'));
	const unit = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const int = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
	return {
		int,
		pick: (choices) => choices[int(0, choices.length - 1)]!,
		chance: (probability) => unit() < probability,
		digits: (length) => Array.from({ length }, () => int(0, 9)).join(''),
		hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
	};
}
