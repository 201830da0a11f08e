import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, refusal, type NodeFailure } from '../errors/refusal';
import type { WantedOrder } from './purchase';

/**
 * Finds items of a run that have a Custom Order Number in common, as when a shop's order number is used without its
 * line. Only one of them could be bought, and its eSIM would be handed to several customers.
 *
 * @param orders the guarded ones are compared; where the guard is off, each item is bought
 * @returns the error of each such item, which names another one with its number
 */
export function faultsOfSharedNumbers(
	context: IExecuteFunctions,
	orders: WantedOrder[],
): Map<number, NodeFailure> {
	const users = new Map<string, number>();
	const faults = new Map<number, NodeFailure>();
	for (const { itemIndex, order, givenNumber, options } of orders) {
		if (!options.guarded) continue;
		for (const number of [givenNumber, order.custom_order_no]) {
			const first = users.get(number) ?? itemIndex;
			users.set(number, first);
			if (first === itemIndex) continue;
			for (const [one, other] of [
				[first, itemIndex],
				[itemIndex, first],
			] as const) {
				if (!faults.has(one)) faults.set(one, fault(context, number, one, other));
			}
		}
	}
	return faults;
}

const fault = (
	context: IExecuteFunctions,
	number: string,
	itemIndex: number,
	other: number,
): NodeFailure =>
	nodeErrorOf(
		context,
		refusal(
			context,
			itemIndex,
			`The items ${Math.min(itemIndex, other)} and ${Math.max(itemIndex, other)} have the same Custom Order Number "${number}", so neither was ordered`,
			'Each order needs a number of its own: put the line of the order into it, for example {{ $json.line.id }}. Nothing was sent to MicroeSIM for them.',
		),
		itemIndex,
	);
