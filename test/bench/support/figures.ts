/** What was measured in one repeat of a bench, in any unit. */
export interface Figures {
	median: number;
	least: number;
	most: number;
}

/** Median and spread. @throws RangeError for no sample at all */
export function figuresOf(samples: readonly number[]): Figures {
	const sorted = [...samples].sort((one, other) => one - other);
	const median = sorted[Math.floor(sorted.length / 2)];
	if (median === undefined) throw new RangeError('Nothing was measured');
	return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** E.g. "1.52 s (1.45–1.61)". */
export function inWords({ median, least, most }: Figures, unit: string, digits = 2): string {
	const shown = (value: number) => value.toFixed(digits);
	return `${shown(median)} ${unit} (${shown(least)}–${shown(most)})`;
}
