import type { Books } from '../books';
import type { Findings } from './findings';
import type { Fate } from './units';

/** What is bought and mailed is fulfilled in the shop, once, and stands in the note of its order; nothing else is. */
export function auditShop(
	{ shop, microesim, ledger }: Books,
	fates: Map<string, Fate>,
	findings: Findings,
): void {
	const expected = new Map<string, string[]>();
	for (const { number, order } of shop.units) {
		const row = ledger.find((one) => one.number === number);
		const isFulfilled = fates.get(number) === 'bought' && !row?.note.includes('went to you');
		const topupId = microesim.orders.find((sold) => sold.number === number)?.topupId;
		if (!isFulfilled || topupId === undefined) continue;
		expected.set(order, [...(expected.get(order) ?? []), topupId]);
		const times = (shop.fulfilled[order] ?? []).filter((one) => one === topupId).length;
		findings.demand(times === 1, `${number} of ${order} was fulfilled ${times} times`);
		findings.demand(
			shop.notes[order]?.includes(topupId) ?? false,
			`The note of ${order} lacks order ${topupId} of ${number}`,
		);
	}
	for (const [order, fulfilled] of Object.entries(shop.fulfilled))
		for (const topupId of fulfilled)
			findings.demand(
				expected.get(order)?.includes(topupId) ?? false,
				`${order} was fulfilled with ${topupId}, which is not its`,
			);
}
