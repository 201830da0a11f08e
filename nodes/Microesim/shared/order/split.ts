import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';
import type { OrderGuard } from './guard';
import { guardedNumber } from './guardedNumber';
import type { WantedOrder } from './purchase';

/*
 * An order of two and its two single orders have different numbers: 1001, and 1001-1 and 1001-2. So that the option
 * can be switched between two deliveries of 1001 without both being bought, the split of a number is noted under
 * it. Each side writes before it looks for the other: of two at the same moment at least one sees the other.
 */

/** Notes that a number is split. @throws NodeOperationError where it was ordered whole, with nothing sent */
export async function refuseIfWhole(
	context: IExecuteFunctions,
	guard: OrderGuard,
	{ givenNumber, itemIndex }: WantedOrder,
): Promise<void> {
	const given = await guardedNumber(context, givenNumber, itemIndex);
	await guard.markSplit(given.name, itemIndex);
	const whole = await guard.lookUp(given, itemIndex);
	if (!whole) return;
	const id = whole.topupId === undefined ? '' : ` (${whole.topupId})`;
	const was = whole.outcome === 'bought' ? 'was bought' : 'may have been bought';
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${givenNumber}" ${was} as an order of its own${id}, so nothing was sent in single orders behind it`,
		'"Split Quantity Into Single Orders" may have been off then. To buy more eSIMs on purpose, use another number.',
	);
}

/** @throws NodeOperationError where a claimed number was split before, with nothing sent */
export async function refuseIfSplit(
	context: IExecuteFunctions,
	guard: OrderGuard,
	{ order, itemIndex }: WantedOrder,
): Promise<void> {
	const { name } = await guardedNumber(context, order.custom_order_no, itemIndex);
	if (!(await guard.isSplit(name, itemIndex))) return;
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${order.custom_order_no}" was used while "Split Quantity Into Single Orders" was on, so nothing was sent as one order`,
		'Switch the option on again, and what is missing is bought. Or use another number.',
	);
}
