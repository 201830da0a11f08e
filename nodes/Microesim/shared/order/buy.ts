import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import type { Checks } from './checks';
import { OrderGuard } from './guard';
import type { OrderOptions } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import { placeOrder } from './place';

/** One order to place. */
export interface Unit {
	itemIndex: number;
	order: OrderRequest;
	options: OrderOptions;
}

/** What came of it: the order's id with what was asked, or what is known of an earlier order. */
export type Bought = IDataObject & { custom_order_no: string };

/**
 * Buys one order: its number is claimed, its checks are passed, it leaves once, and its number is kept or freed.
 *
 * @throws UnknownOutcome when it may have been bought; any other error when it was not
 */
export async function buyOne(context: IExecuteFunctions, { itemIndex, order, options }: Unit, checks: Checks): Promise<Bought> {
	const asked = Object.fromEntries(
		Object.entries(order).filter(([, value]) => value !== undefined),
	) as unknown as Bought;
	if (!options.guarded) {
		await checks.pass(order, options.checks, itemIndex);
		return { topup_id: await placeOrder(context, order, itemIndex), ...asked };
	}
	const number = order.custom_order_no;
	const guard = new OrderGuard(context);
	const earlier = await guard.claim(number, itemIndex);
	if (earlier) return duplicate(context, options, asked, earlier.outcome, earlier.topupId, itemIndex);
	let topupId: string;
	try {
		await checks.pass(order, options.checks, itemIndex);
		topupId = await placeOrder(context, order, itemIndex);
	} catch (error) {
		throw await release(context, guard, number, error);
	}
	await guard.settle(number, 'bought', topupId);
	return { topup_id: topupId, ...asked };
}

/** Frees the number of an order that was not bought, and adds to its error where that could not be done. */
async function release(context: IExecuteFunctions, guard: OrderGuard, number: string, thrown: unknown) {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(context.getNode(), thrown as Error);
	const inDoubt = error instanceof UnknownOutcome;
	try {
		await guard.settle(number, inDoubt ? 'unknown' : 'refused', inDoubt ? (error.topupId ?? undefined) : undefined);
	} catch (failure) {
		error.description = `${error.description ?? ''} Its number could not be freed (${(failure as Error).message}): use another one.`;
	}
	return error;
}

function duplicate(
	context: IExecuteFunctions,
	{ onDuplicate }: OrderOptions,
	asked: Bought,
	outcome: 'bought' | 'unknown',
	topupId: string | undefined,
	itemIndex: number,
): Bought {
	if (onDuplicate === 'passOn') {
		return { duplicate: true, outcome, ...(topupId !== undefined && { topup_id: topupId }), ...asked };
	}
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${asked.custom_order_no}" was ordered before${topupId === undefined ? '' : ` as order ${topupId}`}, so nothing was sent`,
		'To buy it again on purpose, use another number.',
	);
}
