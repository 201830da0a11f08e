import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { RequestContext } from '../context';

/** The two kinds of error that n8n shows well. */
export type NodeFailure = NodeApiError | NodeOperationError;

/** An error about what the user asked for, raised before anything is sent. */
export const refusal = (
	context: RequestContext,
	itemIndex: number,
	message: string,
	description = 'Nothing was sent to MicroeSIM.',
): NodeOperationError =>
	inOurWords(
		new NodeOperationError(context.getNode(), message, { itemIndex, description }),
		message,
	);

/**
 * Gives an error the message it was made with: n8n puts a sentence of its own in its place when it finds
 * a code such as ETIMEDOUT anywhere in it, which would hide what happened to an order.
 */
export function inOurWords<E extends NodeFailure>(error: E, message: string): E {
	error.message = message;
	return error;
}

/** Makes any error one that n8n shows well; errors of n8n are kept. */
export const asNodeFailure = (context: RequestContext, thrown: unknown): NodeFailure =>
	thrown instanceof NodeApiError || thrown instanceof NodeOperationError
		? thrown
		: new NodeOperationError(context.getNode(), thrown as Error);

const NAMED_ITEM = / \[item \d+\]$/;

/**
 * Makes any error one that n8n shows well, and lets its message name the item, as n8n's own nodes do.
 *
 * @param thrown what was caught; errors of n8n are kept, with their description. One that names an item already
 *   is shared by several, and gets a double.
 */
export function nodeErrorOf(
	context: RequestContext,
	thrown: unknown,
	itemIndex: number,
): NodeFailure {
	const failure = asNodeFailure(context, thrown);
	const message = failure.message.replace(NAMED_ITEM, '');
	const error =
		message === failure.message || failure.context.itemIndex === itemIndex
			? failure
			: refusal(context, itemIndex, message, failure.description ?? undefined);
	error.context.itemIndex = itemIndex;
	return inOurWords(error, `${message} [item ${itemIndex}]`);
}
