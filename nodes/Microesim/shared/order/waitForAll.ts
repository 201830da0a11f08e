import type { IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { AwaitedOrder } from './awaitedOrder';
import type { WaitOptions } from './waitOptions';
import { waitUntil } from './waitUntil';

/** Requests that are on their way at once, for all orders of a run. */
const REQUESTS_AT_ONCE = 5;

/** One order to wait for, and which item wants it. */
export interface Wait {
	itemIndex: number;
	order: AwaitedOrder;
	options: WaitOptions;
}

/** The orders of a run, each of them once, however many items ask for it. */
export function ordersToAwait(
	context: IExecuteFunctions,
): (topupId: string, itemIndex: number, quantity?: number) => AwaitedOrder {
	const known = new Map<string, AwaitedOrder>();
	return (topupId, itemIndex, quantity) => {
		const order = known.get(topupId) ?? new AwaitedOrder(context, topupId, itemIndex, quantity);
		known.set(topupId, order);
		return order;
	};
}

/**
 * Waits for all orders together, not for one after another: each is looked at by its own pace, never twice at
 * once, and no more than five at once.
 *
 * @param stopAtAnyError whether one order that cannot be waited for ends the wait for all
 * @returns one entry per order: why it failed, undefined where it did not
 */
export async function waitForAll(
	context: IExecuteFunctions,
	list: Wait[],
	stopAtAnyError = false,
): Promise<Array<NodeFailure | undefined>> {
	const limit = pLimit(REQUESTS_AT_ONCE);
	let stopped = false;
	const awaited = new Map<AwaitedOrder, Promise<boolean>>();
	const longest = new Map<AwaitedOrder, number>();
	for (const { order, options } of list)
		longest.set(order, Math.max(longest.get(order) ?? 0, options.seconds));
	const awaitOne = async (order: AwaitedOrder): Promise<boolean> => {
		const seconds = longest.get(order)!;
		const look = async () => stopped || (await limit(async () => await order.look()));
		const firstPauseMs = order.firstPauseMs();
		const pauseMs = (elapsedMs: number) => order.pauseMs(elapsedMs);
		return await waitUntil(context, look, { firstPauseMs, pauseMs, maximumMs: seconds * 1000 });
	};
	const resultOf = async ({
		order,
		options,
		itemIndex,
	}: Wait): Promise<NodeFailure | undefined> => {
		const delivered = awaited.get(order) ?? awaitOne(order);
		awaited.set(order, delivered);
		try {
			if (await delivered) return undefined;
			const error = options.lateIsError
				? order.notReady(options.seconds)
				: order.failureIfNeverSeen();
			return error && nodeErrorOf(context, error, itemIndex);
		} catch (thrown) {
			stopped ||= stopAtAnyError;
			return nodeErrorOf(context, thrown, itemIndex);
		}
	};
	return await Promise.all(list.map(resultOf));
}
