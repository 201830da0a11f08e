import type { IExecuteFunctions } from 'n8n-workflow';

import { asNodeFailure, refusal } from '../errors/refusal';
import { log } from '../log';
import { isStopped } from '../pause';
import { usableCredential } from '../transport/credential';
import type { Checks } from './checks';
import { duplicateOf } from './earlier';
import { OrderGuard } from './guard';
import { guardedNumber, refuseIfOfAnother } from './guardedNumber';
import type { EarlierOrder } from './numberMemory';
import type { Placed } from './place';
import { placeAndNote } from './placeAndNote';
import { whatWasAsked, type Bought, type WantedOrder } from './purchase';
import { refuseIfSplit, refuseIfWhole } from './split';
import { meaning, meaningFree } from './whatCame';

/**
 * Buys one order: its number is looked up, its checks are passed, its number is claimed, it leaves once, and its
 * number is kept or freed.
 *
 * @throws UnknownOutcome when it may have been bought; any other error when it was not
 */
export async function buyOne(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	checks: Checks,
): Promise<Bought> {
	const { itemIndex, order, options } = wanted;
	if (isStopped(context)) throw stopped(context, wanted);
	if (!options.guarded) {
		await usableCredential(context, itemIndex);
		return await counted(context, wanted, checks, async () => ({
			placed: await placeAndNote(context, wanted),
		}));
	}
	const number = await guardedNumber(context, order.custom_order_no, itemIndex);
	const guard = new OrderGuard(context);
	const earlier = await guard.lookUp(number, itemIndex);
	if (earlier) return duplicateOf(context, wanted, earlier);
	return await counted(context, wanted, checks, async () => {
		if (options.split) await refuseIfWhole(context, guard, wanted);
		// Claimed last, so that nothing but the order itself can leave its number taken.
		const faster = await guard.claim(number.name, itemIndex);
		return faster
			? { duplicate: duplicateOf(context, wanted, faster) }
			: { placed: await placeClaimed(context, wanted, guard, number.name) };
	});
}

/** Passes the checks, which count the order's price as spent, and takes it back where nothing was spent. */
async function counted(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	checks: Checks,
	buy: () => Promise<{ placed: Placed } | { duplicate: Bought }>,
): Promise<Bought> {
	const { read, giveBack } = await meaningFree(context, wanted, checks.pass(wanted));
	let isSpent = false;
	try {
		const came = await buy();
		if ('duplicate' in came) return came.duplicate;
		const { placed } = came;
		isSpent = placed.kind !== 'notBought';
		if (placed.kind === 'notBought') throw meaning(placed.error, { outcome: 'not_bought' });
		if (placed.kind === 'inDoubt') throw placed.error;
		return { topup_id: placed.topupId, ...whatWasAsked(wanted.order), ...read };
	} finally {
		if (!isSpent) giveBack();
	}
}

/** Places an order whose number is claimed, and keeps or frees the number. */
async function placeClaimed(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	guard: OrderGuard,
	name: string,
): Promise<Placed> {
	const { channel_dataplan_id: planId, number: quantity } = wanted.order;
	const executionId = context.getExecutionId();
	const known: Partial<EarlierOrder> = { planId, quantity, executionId, item: wanted.item };
	const placed = await refuseOrPlace(context, wanted, name);
	switch (placed.kind) {
		case 'bought':
			known.topupId = placed.topupId;
			await keep(context, wanted, guard.settle(name, 'bought', known));
			return placed;
		case 'inDoubt':
			known.topupId = placed.error.topupId ?? undefined;
			known.told = placed.error.description ?? undefined;
			await keep(context, wanted, guard.settle(name, 'unknown', known));
			return placed;
		case 'notBought':
			try {
				await guard.settle(name, 'notBought');
			} catch (failure) {
				placed.error.description = `${placed.error.description ?? ''} Its number could not be freed (${(failure as Error).message}): use another one.`;
			}
			return placed;
	}
}

/** What is thrown before the order leaves must not keep its number. */
async function refuseOrPlace(
	context: IExecuteFunctions,
	wanted: WantedOrder,
	name: string,
): Promise<Placed> {
	try {
		if (!wanted.options.split) await refuseIfSplit(context, wanted);
		await refuseIfOfAnother(context, wanted, name);
	} catch (error) {
		return { kind: 'notBought', error: asNodeFailure(context, error) };
	}
	return await placeAndNote(context, wanted);
}

/** The order is paid, or may be: that n8n's database could not note it must not hide it. */
async function keep(
	context: IExecuteFunctions,
	{ order }: WantedOrder,
	kept: Promise<void>,
): Promise<void> {
	try {
		await kept;
	} catch (error) {
		log(
			context,
			'warn',
			`n8n's database did not note what the Custom Order Number "${order.custom_order_no}" came to, so that a duplicate will be told as unknown: ${(error as Error).message}`,
		);
	}
}

const stopped = (context: IExecuteFunctions, { order, itemIndex }: WantedOrder) =>
	refusal(
		context,
		itemIndex,
		`The order "${order.custom_order_no}" was not sent, because the execution was stopped`,
		'Run it again when it is wanted. Nothing was sent to MicroeSIM for it.',
	);
