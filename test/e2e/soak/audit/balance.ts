import type { Books } from '../books';
import { cents } from '../money';

/**
 * The least that the account at MicroeSIM held in a time, cents: what was there at the opening, was paid in and was
 * spent by then.
 */
export function leastIn({ microesim, journal }: Books, from: number, to: number): number {
	const changes = [
		...journal
			.filter(({ what }) => what === 'top-up')
			.map((entry) => ({ at: entry.from, by: cents(entry.which) })),
		...microesim.orders.map(({ bookedAt, cost }) => ({ at: bookedAt, by: -cost })),
	].sort((one, other) => one.at - other.at);
	let held = microesim.balance.atOpening;
	let least = Infinity;
	for (const { at, by } of changes) {
		if (at > to) break;
		if (at >= from) least = Math.min(least, held);
		held += by;
	}
	return Math.min(least, held);
}

/** What the dearest of the shop's plans has cost at any time, cents. */
export const dearest = ({ microesim: { orders, prices }, priceChanges }: Books): number =>
	Math.max(
		...orders.map(({ cost }) => cost),
		...prices.flatMap(({ atOpening, atEnd }) => [atOpening, atEnd]),
		...priceChanges.flatMap(({ before, after }) => [before, after]),
	);
