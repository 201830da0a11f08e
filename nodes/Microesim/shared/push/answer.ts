import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** What MicroeSIM's own answers look like; what it counts as received is not documented. */
export const RECEIVED = '{"code":1,"msg":"Success"}';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** Why a push, or a part of it, is not received. */
export interface Refusal {
	status: 400 | 403 | 413 | 503;
	/** For n8n's log. */
	reason: string;
}

const REASONS: Record<Refusal['status'], string> = {
	400: 'not a push of an order',
	403: 'not accepted',
	413: 'too large',
	503: 'cannot be checked now, please send it again',
};

/** What the sender is told: no detail that a stranger could use. */
const bodyOf = (status: Refusal['status']) => ({ code: 0, msg: REASONS[status] });

/** Refuses a push: the reason is logged, the sender gets a short JSON, and nothing starts. */
export function refusePush(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	logRefusal(context, refusal, 'a push');
	const { status } = refusal;
	context.getResponseObject().status(status).json(bodyOf(status));
	return { noWebhookResponse: true };
}

/** Logs why something was refused. @param what a push, or a part of one */
export function logRefusal(
	context: IWebhookFunctions,
	{ status, reason }: Refusal,
	what: string,
): void {
	const { name } = context.getNode();
	context.logger.warn(`MicroeSIM node "${name}" refused ${what}: ${reason}`, { status });
}

/** Answers a push that needs no run, as received: it was seen before, or is not wanted here. */
export function answerReceived(context: IWebhookFunctions, body: string): IWebhookResponseData {
	context.getResponseObject().status(200).type('application/json').send(body);
	return { noWebhookResponse: true };
}

/**
 * Learns how n8n answers this push in the end, and puts the node's own answer into a success. n8n answers when
 * the run was queued or has finished, as the field "Respond" says, and has no other word for its outcome.
 *
 * @param refused what is answered instead of a success, where a part of the push must come again
 * @param settle called once, with true when n8n itself would answer HTTP 2xx
 */
export function onAnswer(
	response: Response,
	body: string,
	refused: Refusal | undefined,
	settle: (done: boolean) => void,
): void {
	const end = response.end.bind(response) as (chunk?: string) => Response;
	let settled = false;
	const answer = (chunk?: unknown): Response => {
		const succeeded = response.statusCode >= 200 && response.statusCode < 300;
		if (!settled) settle(succeeded);
		settled = true;
		if (!succeeded || response.headersSent) return end(chunk as string | undefined);
		const own = refused ? JSON.stringify(bodyOf(refused.status)) : body;
		if (refused) response.statusCode = refused.status;
		response.setHeader('Content-Type', 'application/json; charset=utf-8');
		response.setHeader('Content-Length', Buffer.byteLength(own));
		return end(own);
	};
	response.end = answer as Response['end'];
}
