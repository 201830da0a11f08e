import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';

import { adviceOn, failureOf, sentenceOf } from '../errors/failure';
import { inOurWords, refusal } from '../errors/refusal';
import { textOrNull } from '../text';
import { ENDPOINTS } from '../transport/endpoints';
import { send, type Answer } from '../transport/send';
import type { OrderRequest } from './orderRequest';

/**
 * Refuses to buy when n8n itself would run the node again after an error: it runs all items again, also
 * those that were bought.
 *
 * @throws NodeOperationError before anything is sent
 */
export function refuseRetryOnFail(context: IExecuteFunctions, itemIndex: number): void {
	if (!context.getNode().retryOnFail) return;
	throw refusal(
		context,
		itemIndex,
		'Orders are not placed while "Retry On Fail" is on, because a retry would buy all items again',
		'Switch off "Retry On Fail" in the Settings tab of this node. Nothing was sent to MicroeSIM.',
	);
}

/**
 * Places one order with exactly one request, which nothing repeats.
 *
 * @returns the order's id
 * @throws NodeApiError: a refusal, after which nothing was bought, or an unknown outcome, after which the order
 *   may have been bought; its message says which
 */
export async function placeOrder(
	context: IExecuteFunctions,
	order: OrderRequest,
	itemIndex: number,
): Promise<string> {
	const answer = await send(context, ENDPOINTS.subscribe, { ...order }, itemIndex);
	const topupId = 'envelope' in answer ? topupIdIn(answer.envelope.result) : null;
	if (answer.kind === 'success' && topupId !== null) return topupId;
	if (answer.kind === 'notSent' || (answer.kind === 'refused' && topupId === null)) {
		throw failureOf(context, answer, ENDPOINTS.subscribe, itemIndex);
	}
	throw unknownOutcome(context, answer, order, topupId, itemIndex);
}

/** The order's id, also where the result is that id alone or a list: a paid order must not be lost over it. */
function topupIdIn(result: unknown): string | null {
	const given: unknown = Array.isArray(result) ? result[0] : result;
	if (typeof given === 'object' && given !== null) {
		return textOrNull((given as Record<string, unknown>).topup_id);
	}
	const text = textOrNull(given) ?? '';
	return /^\d{10,}$/.test(text) ? text : null;
}

function unknownOutcome(
	context: IExecuteFunctions,
	answer: Answer,
	order: OrderRequest,
	topupId: string | null,
	itemIndex: number,
): NodeApiError {
	const happened =
		answer.kind === 'success'
			? 'MicroeSIM accepted the order but gave no order ID'
			: sentenceOf(answer, ENDPOINTS.subscribe);
	const found = topupId === null ? '' : `, yet gave the order ID ${topupId}`;
	const message = `${happened}${found}. The order may have been bought: look for the Custom Order Number "${order.custom_order_no}" at MicroeSIM before ordering again`;
	const description = [
		`Plan ${order.channel_dataplan_id}, quantity ${order.number}, ${new Date().toISOString()}.`,
		'It was not sent again, so that it is not paid twice.',
		answer.kind === 'success' ? undefined : adviceOn(answer),
	];
	const error = new NodeApiError(
		context.getNode(),
		{ outcome: 'unknown', custom_order_no: order.custom_order_no },
		{
			message,
			description: description.filter(Boolean).join(' '),
			httpCode: 'httpStatus' in answer ? String(answer.httpStatus) : undefined,
			itemIndex,
		},
	);
	return inOurWords(error, message);
}
