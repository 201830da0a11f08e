import type { Books } from '../books';
import { MOMENT } from './findings';

/** Why a push may find an order that the ledger does not know. */
export const EARLY = 'it was pushed before the run that bought it had told the ledger';

/** Whether it was pushed by then, and no later: a run that buys much tells the ledger when it has bought all of it. */
export function isEarly(number: string, at: number, { shop, microesim, runs }: Books): boolean {
	const order = shop.units.find((unit) => unit.number === number)?.order;
	const bookedAt = microesim.orders.find((one) => one.number === number)!.bookedAt;
	return runs.some(
		({ flow, orders, from, to }) =>
			flow === 'Shopify order to eSIM' &&
			orders.includes(order ?? '') &&
			from <= bookedAt &&
			at <= to + MOMENT,
	);
}
