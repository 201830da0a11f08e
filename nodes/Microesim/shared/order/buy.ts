import type { IExecuteFunctions } from 'n8n-workflow';

import { asNodeFailure, type NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import type { Checks } from './checks';
import { duplicateOf } from './earlier';
import { OrderGuard, type EarlierOrder } from './guard';
import { guardedNumber } from './guardedNumber';
import { placeOrder } from './place';
import { whatWasAsked, type Bought, type WantedOrder } from './purchase';

/**
 * Buys one order: its number is claimed, its checks are passed, it leaves once, and its number is kept or freed.
 *
 * @throws UnknownOutcome when it may have been bought; any other error when it was not
 */
export async function buyOne(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	checks: Checks,
): Promise<Bought> {
	const { itemIndex, order, options } = wanted;
	const asked = whatWasAsked(order);
	if (!options.guarded) return { topup_id: await checkAndPlace(context, wanted, checks), ...asked };
	const number = await guardedNumber(context, order.custom_order_no);
	const guard = new OrderGuard(context);
	const earlier = await guard.claim(number, itemIndex);
	if (earlier) return duplicateOf(context, wanted, earlier);
	const known = { planId: order.channel_dataplan_id, executionId: context.getExecutionId() };
	let topupId: string;
	try {
		topupId = await checkAndPlace(context, wanted, checks);
	} catch (error) {
		throw await release(context, guard, number, known, error);
	}
	await guard.settle(number, 'bought', { ...known, topupId });
	return { topup_id: topupId, ...asked };
}

async function checkAndPlace(
	context: IExecuteFunctions,
	{ order, options, itemIndex }: WantedOrder,
	checks: Checks,
): Promise<string> {
	const giveBack = await checks.pass(order, options.checks, itemIndex);
	try {
		const topupId = await placeOrder(context, order, itemIndex);
		// A stopped execution saves nothing of what its node was about to put out.
		context.logger.info(
			`MicroeSIM order ${topupId} was placed for the Custom Order Number "${order.custom_order_no}"`,
		);
		return topupId;
	} catch (error) {
		if (!(error instanceof UnknownOutcome)) giveBack();
		throw asNodeFailure(context, error);
	}
}

/** Frees the number of an order that was not bought, and adds to its error where that could not be done. */
async function release(
	context: IExecuteFunctions,
	guard: OrderGuard,
	number: string,
	known: Partial<EarlierOrder>,
	thrown: unknown,
): Promise<NodeFailure> {
	const error = asNodeFailure(context, thrown);
	try {
		if (error instanceof UnknownOutcome) {
			await guard.settle(number, 'unknown', { ...known, topupId: error.topupId ?? undefined });
		} else await guard.settle(number, 'refused');
	} catch (failure) {
		error.description = `${error.description ?? ''} Its number could not be freed (${(failure as Error).message}): use another one.`;
	}
	return error;
}
