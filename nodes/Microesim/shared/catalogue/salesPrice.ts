import Big from 'big.js';

/** How a price for customers comes from what a plan costs. */
export interface Markup {
	/** Percent of the price. */
	percent: number;
	/** An amount in the currency of sale, added behind the percent. */
	fixed: number;
	/** Units of the currency of sale for one unit of the plan's. */
	rate: number;
	ending: PriceEnding;
}

/** The step from one price to the next, and where they begin. */
const STEPS = {
	cent: { step: '0.01', offset: '0' },
	'.90': { step: '1', offset: '0.90' },
	'.95': { step: '1', offset: '0.95' },
	'.99': { step: '1', offset: '0.99' },
	whole: { step: '1', offset: '0' },
	ten: { step: '10', offset: '0' },
} as const;

/** What prices end in: they are rounded up to the next that does. */
export type PriceEnding = keyof typeof STEPS;

export const ENDINGS = Object.keys(STEPS) as PriceEnding[];

/**
 * The price for customers, exact to the cent and never below what was asked for.
 *
 * @param price as MicroeSIM says it
 * @returns an amount in the currency of sale; null where the price is no number
 */
export function salesPrice(price: number | null, markup: Markup): number | null {
	if (price === null) return null;
	const { step, offset } = STEPS[markup.ending];
	const asked = new Big(price)
		.times(markup.rate)
		.times(new Big(markup.percent).div(100).plus(1))
		.plus(markup.fixed);
	const steps = asked.minus(offset).div(step).round(0, Big.roundUp);
	const next = (steps.lt(0) ? new Big(0) : steps).times(step).plus(offset);
	return next.toNumber();
}
