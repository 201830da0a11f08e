import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, listOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';
import { UnknownOutcome } from '../errors/unknownOutcome';
import { ENDPOINTS } from '../transport/endpoints';
import { adviceOn, failureOf, sentenceOf } from '../transport/failure';
import { send, type Answer } from '../transport/send';
import type { OrderRequest } from './orderRequest';

/**
 * Places one order with exactly one request, which nothing repeats.
 *
 * @returns the order's id
 * @throws UnknownOutcome after which the order may have been bought; any other NodeApiError is a refusal, after
 *   which nothing was bought
 */
export async function placeOrder(
	context: IExecuteFunctions,
	order: OrderRequest,
	itemIndex: number,
): Promise<string> {
	const answer = await send(context, ENDPOINTS.subscribe, { ...order }, itemIndex);
	const topupId = 'envelope' in answer ? topupIdIn(answer.envelope.result) : null;
	if (answer.kind === 'success' && topupId !== null) return topupId;
	if (
		answer.kind === 'notSent' ||
		(answer.kind === 'refused' && topupId === null && isClear(answer))
	) {
		throw failureOf(context, answer, ENDPOINTS.subscribe, itemIndex);
	}
	throw unknownOutcome(context, answer, order, topupId, itemIndex);
}

/** Statuses and words of a gateway that gave up waiting, or of an order that is being made. */
const MAYBE_UNDER_WAY = /time.?out|timed out|processing|pending|in progress/i;
const GAVE_UP = [408, 409, 425, 499];

const isClear = ({ httpStatus, envelope }: Extract<Answer, { kind: 'refused' }>): boolean =>
	!GAVE_UP.includes(httpStatus) && !MAYBE_UNDER_WAY.test(envelope.msg);

/** The error for an order that was left in doubt before and is asked for again. */
export function stillInDoubt(
	context: IExecuteFunctions,
	number: string,
	topupId: string | undefined,
	itemIndex: number,
): UnknownOutcome {
	return new UnknownOutcome(
		context,
		{
			customOrderNo: number,
			topupId: topupId ?? null,
			message: `The order "${number}" may have been bought when it was first tried, so it was not sent again: look for this Custom Order Number at MicroeSIM`,
			description: 'If it was not bought, order it with another number.',
		},
		itemIndex,
	);
}

/** The order's id, also where the result is that id alone or a list: a paid order must not be lost over it. */
function topupIdIn(result: unknown): string | null {
	const [given] = listOf(result);
	if (isObject(given)) return textOrNull(given.topup_id);
	const text = textOrNull(given) ?? '';
	return /^\d{10,}$/.test(text) ? text : null;
}

function unknownOutcome(
	context: IExecuteFunctions,
	answer: Answer,
	order: OrderRequest,
	topupId: string | null,
	itemIndex: number,
): UnknownOutcome {
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
	return new UnknownOutcome(
		context,
		{
			customOrderNo: order.custom_order_no,
			topupId,
			message,
			description: description.filter(Boolean).join(' '),
			httpStatus: 'httpStatus' in answer ? answer.httpStatus : undefined,
		},
		itemIndex,
	);
}
