import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { asNodeFailure, type NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import type { WantedOrder } from './purchase';

/** What is known of the order of a number beside the error that it ended with. */
type Known = { outcome: 'not_bought' } | { outcome: 'bought'; topupId: string | undefined };

const known = new WeakMap<NodeFailure, Known>();

/** Notes what an error means for its order. @returns the error */
export function meaning<E extends NodeFailure>(error: E, what: Known): E {
	known.set(error, what);
	return error;
}

/** Lets the errors of checks say that a number is free: where it is guarded, it was looked up before them. */
export async function meaningFree<T>(
	context: IExecuteFunctions,
	{ options }: WantedOrder,
	checks: Promise<T>,
): Promise<T> {
	try {
		return await checks;
	} catch (thrown) {
		const error = asNodeFailure(context, thrown);
		throw options.guarded ? meaning(error, { outcome: 'not_bought' }) : error;
	}
}

/**
 * What came of an order that ended with an error, for the nodes behind.
 *
 * @param items what is put out for it beside the error: it was bought, and could not be waited for
 * @returns its Custom Order Number, its order ID where one is known, and `outcome`: "unknown" (it may have been
 *   bought), "bought", "not_bought" (nothing was bought with this number), or "not_sent" (nothing was sent now, and
 *   what was bought with the number before was not looked up)
 */
export function whatCame(
	error: NodeFailure,
	items: readonly IDataObject[],
	{ order: { custom_order_no } }: WantedOrder,
): IDataObject {
	if (error instanceof UnknownOutcome)
		return withId({ outcome: 'unknown', custom_order_no }, error.topupId);
	const [bought] = items;
	if (bought) return withId({ outcome: 'bought', custom_order_no }, bought.topup_id);
	const said = known.get(error);
	if (!said) return { outcome: 'not_sent', custom_order_no };
	return withId(
		{ outcome: said.outcome, custom_order_no },
		'topupId' in said ? said.topupId : undefined,
	);
}

const withId = (told: IDataObject, id: IDataObject[string] | undefined): IDataObject =>
	id === null || id === undefined ? told : { ...told, topup_id: id };

/** The same for an item that was not read, or not allowed: nothing was sent for it. @param number as far as it was read */
export const notSent = (number: string | undefined): IDataObject => ({
	outcome: 'not_sent',
	...(number !== undefined && { custom_order_no: number }),
});
