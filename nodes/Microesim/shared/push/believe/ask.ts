import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { dropOldest } from '../../../../../credentials/shared/dropOldest';
import { isUnknownOrder } from '../../errors/advice';
import { accountOf } from '../../transport/account';
import type { Endpoint } from '../../transport/endpoints';
import { send, type CallFields } from '../../transport/send';
import { inTurn, isBusy } from './brake';

/** What a push can be checked by. */
export interface Question {
	endpoint: Endpoint;
	fields: CallFields;
	/** Whether a result will be the same a moment later. */
	isFinal: (result: unknown) => boolean;
}

/** What MicroeSIM says when it is asked about a push. */
export type Reply =
	{ kind: 'known'; result: unknown } | { kind: 'unknown' } | { kind: 'unsure'; reason: string };

/** MicroeSIM may push an order a moment before it can be looked up. */
const SECOND_LOOK_MS = 2000;
/** A push that is sent again right away is not looked up again; MicroeSIM's own come 5 s later. */
const UNKNOWN_FOR_MS = 5000;
/** What was learnt too late for one delivery is there for the next. */
const KNOWN_FOR_MS = 30_000;
const MOST_KEPT = 1000;

const kept = new Map<string, { reply: Reply; until: number }>();
const underWay = new Map<string, { asking: Promise<Reply>; since: number }>();

/**
 * Asks MicroeSIM about an order or an eSIM with one signed request, and once more where it does not know it yet.
 * Who asks the same at the same moment, or a moment later, shares the reply.
 *
 * @param deadline milliseconds since 1970
 * @throws NodeOperationError for a credential that cannot be used
 */
export async function askAbout(
	context: IWebhookFunctions,
	question: Question,
	deadline: number,
): Promise<Reply> {
	const { endpoint, fields } = question;
	const { id } = context.getNode();
	const account = await accountOf(context, 0);
	const key = JSON.stringify([context.getWorkflow().id, id, account, endpoint.path, fields]);
	const before = kept.get(key);
	if (before && Date.now() < before.until) return before.reply;
	const shared = underWay.get(key) ?? {
		asking: twice(context, question, deadline),
		since: Date.now(),
	};
	underWay.set(key, shared);
	try {
		const reply = await shared.asking;
		if (isLasting(reply, question)) keep(key, reply, shared.since);
		return reply;
	} finally {
		underWay.delete(key);
	}
}

async function twice(
	context: IWebhookFunctions,
	question: Question,
	deadline: number,
): Promise<Reply> {
	const since = Date.now();
	const reply = await once(context, question, deadline);
	const hasTime = since + SECOND_LOOK_MS < deadline;
	if (reply.kind !== 'unknown' || !hasTime || isBusy()) return reply;
	await sleep(SECOND_LOOK_MS);
	return await once(context, question, deadline);
}

const isLasting = (reply: Reply, { isFinal }: Question): boolean =>
	reply.kind === 'unknown' || (reply.kind === 'known' && isFinal(reply.result));

function keep(key: string, reply: Reply, since: number): void {
	kept.delete(key);
	kept.set(key, { reply, until: since + (reply.kind === 'known' ? KNOWN_FOR_MS : UNKNOWN_FOR_MS) });
	dropOldest(kept, MOST_KEPT);
}

async function once(
	context: IWebhookFunctions,
	{ endpoint, fields }: Question,
	deadline: number,
): Promise<Reply> {
	const answer = await inTurn(
		deadline,
		async (leftMs) => await send(context, { ...endpoint, cutAfterMs: leftMs }, fields, 0),
	);
	if ('notAsked' in answer) return { kind: 'unsure', reason: answer.notAsked };
	switch (answer.kind) {
		case 'success':
			return { kind: 'known', result: answer.envelope.result };
		case 'refused':
			return isUnknownOrder(answer.envelope.msg)
				? { kind: 'unknown' }
				: { kind: 'unsure', reason: `MicroeSIM refused the look-up: "${answer.envelope.msg}"` };
		case 'unclear':
		case 'noAnswer':
		case 'notSent':
			return { kind: 'unsure', reason: `MicroeSIM could not be asked: ${answer.reason}` };
	}
}

/** Forgets what was learnt, as a restart would. For tests. */
export const forgetReplies = (): void => kept.clear();
