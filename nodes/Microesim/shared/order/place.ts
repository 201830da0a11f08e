import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { NodeFailure } from '../errors/refusal';
import { UnknownOutcome } from '../errors/unknownOutcome';
import { ENDPOINTS } from '../transport/endpoints';
import { adviceOn, failureOf, sentenceOf } from '../transport/failure';
import { send, type Answer } from '../transport/send';
import { isNamed, refusedFor, saysRepeated, type RefusedFor } from './knownRefusals';
import type { WantedOrder } from './purchase';
import { tracesOfOrder } from './traces';

/** What the one request of an order came to. */
export type Placed =
	| { kind: 'bought'; topupId: string }
	| { kind: 'notBought'; error: NodeFailure }
	| { kind: 'inDoubt'; error: UnknownOutcome };

const reasons = new WeakMap<object, RefusedFor>();

/** What an order was refused for; undefined where its text is known to the user alone, and for any other error. */
export const reasonIn = (error: object): RefusedFor | undefined => reasons.get(error);

/**
 * Places one order with exactly one request, which nothing repeats. Only what never left, or what is known to be a
 * refusal, was not bought; everything else is in doubt, also whatever is thrown on the way.
 *
 * @see API document, esimSubscribe
 */
export async function placeOrder(context: IExecuteFunctions, wanted: WantedOrder): Promise<Placed> {
	const { order, itemIndex } = wanted;
	let answer: Answer;
	try {
		answer = await send(context, ENDPOINTS.subscribe, { ...order }, itemIndex);
	} catch (error) {
		// `send` makes an answer of whatever n8n's helper throws; this one is of the credential, before anything was sent.
		if (error instanceof NodeOperationError) return { kind: 'notBought', error };
		const reason = `gave no answer that could be read: ${(error as Error).message}`;
		answer = { kind: 'noAnswer', sent: true, passing: false, reason };
	}
	const traces = tracesOfOrder('envelope' in answer ? answer.envelope?.whole : undefined);
	const [topupId, ...others] = traces.topupIds;
	if (answer.kind === 'success' && topupId !== undefined && others.length === 0) {
		return { kind: 'bought', topupId };
	}
	if (answer.kind === 'notSent' || (!traces.any && isKnownRefusal(answer, wanted))) {
		const error = failureOf(context, answer, ENDPOINTS.subscribe, itemIndex);
		if (answer.kind === 'refused') {
			const about = reasonOf(answer, wanted);
			if (about === undefined) error.description = NAMED_BY_USER;
			else reasons.set(error, about);
		}
		return { kind: 'notBought', error };
	}
	const told = traces.topupIds.join(', ') || null;
	return { kind: 'inDoubt', error: unknownOutcome(context, answer, wanted, told) };
}

const NAMED_BY_USER =
	'The option "Known Refusals" names it, so the order counts as not bought. The text in quotes is what MicroeSIM said.';

/** Statuses of a gateway that gave up waiting. */
const GAVE_UP = [408, 409, 425, 499];

type Refused = Extract<Answer, { kind: 'refused' }>;

const reasonOf = ({ envelope }: Refused, { order }: WantedOrder) =>
	refusedFor(envelope.msg, order.channel_dataplan_id);

function isKnownText(answer: Refused, wanted: WantedOrder): boolean {
	const { code, msg } = answer.envelope;
	const { knownRefusals } = wanted.options;
	return reasonOf(answer, wanted) !== undefined || isNamed(knownRefusals, String(code), msg);
}

const isKnownRefusal = (answer: Answer, wanted: WantedOrder): answer is Refused =>
	answer.kind === 'refused' && !GAVE_UP.includes(answer.httpStatus) && isKnownText(answer, wanted);

function unknownOutcome(
	context: IExecuteFunctions,
	answer: Answer,
	wanted: WantedOrder,
	topupId: string | null,
): UnknownOutcome {
	const { order, itemIndex } = wanted;
	const happened =
		answer.kind === 'success'
			? `MicroeSIM accepted the order but gave no ${topupId === null ? 'order ID' : 'answer that is about it alone'}`
			: sentenceOf(answer, ENDPOINTS.subscribe);
	const description = [
		`${happened}.`,
		`Plan ${order.channel_dataplan_id}, quantity ${order.number}, ${new Date().toISOString()}.`,
		'It was not sent again, so that it is not paid twice.',
		adviceOnDoubt(answer, wanted),
	];
	return new UnknownOutcome(
		context,
		{
			customOrderNo: order.custom_order_no,
			topupId,
			description: description.filter(Boolean).join(' '),
			httpStatus: 'httpStatus' in answer ? answer.httpStatus : undefined,
		},
		itemIndex,
	);
}

function adviceOnDoubt(answer: Answer, wanted: WantedOrder): string | undefined {
	if (answer.kind === 'success') return undefined;
	if (answer.kind !== 'refused') return adviceOn(answer);
	if (saysRepeated(answer.envelope.msg))
		return 'It sounds as if MicroeSIM had an order with this number already: an earlier try may have bought it.';
	return isKnownText(answer, wanted)
		? 'It sounds like a refusal, but its HTTP status, or what stands beside its text, may be of an order.'
		: 'No refusal with this text is known. If MicroeSIM means one by it, add its code or text to the option "Known Refusals", and order with another number.';
}
