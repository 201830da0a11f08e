import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import pLimit from 'p-limit';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { optionsOf, wholeNumber } from '../parameters';
import { poll } from '../polling';
import { WatchedOrder } from './watch';

/** Requests that are on their way at once, for all orders of a run. */
const REQUESTS_AT_ONCE = 5;
const DEFAULT_WAIT_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 1800;

/** How long orders are waited for, and what becomes of those that are late. */
export interface Waiting {
	seconds: number;
	lateIsError: boolean;
}

/** The options of a wait, for every operation that has one. */
export const waitingOptions: INodeProperties[] = [
	{
		displayName: 'If Not Ready in Time',
		name: 'ifNotReady',
		type: 'options',
		options: [
			{
				name: 'Continue',
				value: 'continue',
				description: 'The order goes on with what it has, and delivered is false',
			},
			{ name: 'Stop With an Error', value: 'error' },
		],
		default: 'continue',
		description: 'What to do with an order that is not delivered within the Maximum Wait',
	},
	{
		displayName: 'Maximum Wait',
		name: 'maximumWait',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_WAIT_SECONDS },
		default: DEFAULT_WAIT_SECONDS,
		description:
			'How many seconds to wait. Most orders take up to 30, plans with "Local" in their name one or two minutes more.',
	},
];

/** Reads those options of an item. @throws NodeOperationError naming the option that makes no sense */
export function readWaiting(context: IExecuteFunctions, itemIndex: number): Waiting {
	const { maximumWait = DEFAULT_WAIT_SECONDS, ifNotReady } = optionsOf(context, itemIndex);
	const range: [number, number] = [1, LONGEST_WAIT_SECONDS];
	return {
		seconds: wholeNumber(context, maximumWait, 'Maximum Wait', range, itemIndex),
		lateIsError: ifNotReady === 'error',
	};
}

/** One order to wait for, and which item wants it. */
export interface Awaited {
	itemIndex: number;
	order: WatchedOrder;
	waiting: Waiting;
}

/** The orders of a run, each of them once, however many items ask for it. */
export function watchList(
	context: IExecuteFunctions,
): (topupId: string, itemIndex: number) => WatchedOrder {
	const known = new Map<string, WatchedOrder>();
	return (topupId, itemIndex) => {
		const order = known.get(topupId) ?? new WatchedOrder(context, topupId, itemIndex);
		known.set(topupId, order);
		return order;
	};
}

/**
 * Waits for all orders together, not for one after another: each is looked at by its own pace, never twice at
 * once, and no more than five at once.
 *
 * @param firstPauseMs how long to wait before the first look at an order
 * @param stopAtAnyError whether one order that cannot be waited for ends the wait for all
 * @returns one entry per order: why it failed, undefined where it did not
 */
export async function waitForAll(
	context: IExecuteFunctions,
	list: Awaited[],
	firstPauseMs: number,
	stopAtAnyError = false,
): Promise<Array<NodeFailure | undefined>> {
	const limit = pLimit(REQUESTS_AT_ONCE);
	let stopped = false;
	const watches = new Map<WatchedOrder, Promise<boolean>>();
	const watch = async ({ order }: Awaited): Promise<boolean> => {
		const seconds = Math.max(
			...list.filter((other) => other.order === order).map(({ waiting }) => waiting.seconds),
		);
		const look = async () => stopped || (await limit(async () => await order.look()));
		const pauseMs = (elapsedMs: number) => order.pauseMs(elapsedMs);
		return await poll(context, look, { firstPauseMs, pauseMs, maximumMs: seconds * 1000 });
	};
	const wait = async (awaited: Awaited): Promise<NodeFailure | undefined> => {
		const { order, waiting, itemIndex } = awaited;
		const watched = watches.get(order) ?? watch(awaited);
		watches.set(order, watched);
		try {
			if (await watched) return undefined;
			const error = waiting.lateIsError
				? order.notReady(waiting.seconds)
				: order.failureIfNeverSeen();
			return error && nodeErrorOf(context, error, itemIndex);
		} catch (thrown) {
			stopped ||= stopAtAnyError;
			return nodeErrorOf(context, thrown, itemIndex);
		}
	};
	return await Promise.all(list.map(wait));
}
