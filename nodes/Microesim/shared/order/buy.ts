import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { asNodeFailure, refusal, type NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import { withoutQuery } from '../text';
import type { Checks } from './checks';
import { OrderGuard, type EarlierOrder } from './guard';
import type { OrderOptions } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import { placeOrder, stillInDoubt } from './place';

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
export async function buyOne(
	context: IExecuteFunctions,
	unit: Unit,
	checks: Checks,
): Promise<Bought> {
	const { itemIndex, order, options } = unit;
	const asked = whatWasAsked(order);
	if (!options.guarded) return { topup_id: await checkAndPlace(context, unit, checks), ...asked };
	const number = await guardedNumber(context, order.custom_order_no);
	const guard = new OrderGuard(context);
	const earlier = await guard.claim(number, itemIndex);
	if (earlier) return duplicate(context, unit, asked, earlier);
	const known = { planId: order.channel_dataplan_id, executionId: context.getExecutionId() };
	let topupId: string;
	try {
		topupId = await checkAndPlace(context, unit, checks);
	} catch (error) {
		throw await release(context, guard, number, known, error);
	}
	await guard.settle(number, 'bought', { ...known, topupId });
	return { topup_id: topupId, ...asked };
}

/**
 * What an earlier try of this run came to, told without sending anything: a run that stops must not lose it.
 *
 * @returns undefined where this run has not sent the order
 * @throws UnknownOutcome where it was left in doubt
 */
export async function boughtBefore(
	context: IExecuteFunctions,
	{ order, options, itemIndex }: Unit,
): Promise<Bought | undefined> {
	if (!options.guarded) return undefined;
	const earlier = new OrderGuard(context).peek(await guardedNumber(context, order.custom_order_no));
	if (!earlier || earlier.underway || earlier.executionId !== context.getExecutionId())
		return undefined;
	const { outcome, topupId } = earlier;
	if (outcome === 'unknown') throw stillInDoubt(context, order.custom_order_no, topupId, itemIndex);
	return { duplicate: true, outcome, topup_id: topupId, ...whatWasAsked(order) };
}

async function checkAndPlace(
	context: IExecuteFunctions,
	{ order, options, itemIndex }: Unit,
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

/** Test and production, and two accounts, may use the same number. */
async function guardedNumber(context: IExecuteFunctions, number: string): Promise<string> {
	const { environment, account } = await context.getCredentials('microesimApi');
	return JSON.stringify([environment, account, number]);
}

/** The fields of the order; addresses without their query, which may hold a secret. */
function whatWasAsked(order: OrderRequest): Bought {
	const asked = Object.entries(order).filter(([, value]) => value !== undefined);
	const shown = { ...Object.fromEntries(asked) } as unknown as Bought;
	return order.notify_url === undefined
		? shown
		: { ...shown, notify_url: withoutQuery(order.notify_url) };
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

function duplicate(
	context: IExecuteFunctions,
	{ options, itemIndex, order }: Unit,
	asked: Bought,
	earlier: EarlierOrder,
): Bought {
	const { outcome, topupId, planId, executionId } = earlier;
	const isOurs = executionId === context.getExecutionId();
	const isRetry = context.getNode().retryOnFail === true;
	const number = asked.custom_order_no;
	const id = topupId === undefined ? '' : ` as order ${topupId}`;
	if (planId !== undefined && planId !== order.channel_dataplan_id) {
		throw refusal(
			context,
			itemIndex,
			`The Custom Order Number "${number}" was used${id} for the plan ${planId}, so nothing was sent for the plan ${order.channel_dataplan_id}`,
			'Each order needs a number of its own: put the line of the order into it, too.',
		);
	}
	if (outcome === 'unknown' && (isOurs || isRetry)) {
		throw stillInDoubt(context, number, topupId, itemIndex);
	}
	// What the first try of this very run bought is no duplicate to stop at: its order ID must come out.
	if (options.onDuplicate === 'passOn' || (isOurs && isRetry)) {
		return {
			duplicate: true,
			outcome,
			...(topupId !== undefined && { topup_id: topupId }),
			...asked,
		};
	}
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${number}" ${outcome === 'bought' ? 'was ordered before' : 'was tried before, and may have been bought'}${id}, so nothing was sent`,
		'To buy it again on purpose, use another number.',
	);
}
