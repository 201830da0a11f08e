import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** What MicroeSIM's own answers look like; what it counts as received is not documented. */
export const RECEIVED = '{"code":1,"msg":"Success"}';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

const REASONS: Record<number, string> = {
	400: 'not a push of an order',
	403: 'not accepted',
	413: 'too large',
	503: 'cannot be checked now, please send it again',
};

/**
 * Refuses a push: the reason is logged, the sender gets a short JSON without detail, and nothing starts.
 */
export function refusePush(
	context: IWebhookFunctions,
	status: 400 | 403 | 413 | 503,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`MicroeSIM node "${context.getNode().name}" refused a push: ${reason}`, {
		status,
	});
	context.getResponseObject().status(status).json({ code: 0, msg: REASONS[status] });
	return { noWebhookResponse: true };
}

/** Answers a push that needs no run, as received: it was seen before, or is not wanted here. */
export function answerReceived(context: IWebhookFunctions, body: string): IWebhookResponseData {
	context.getResponseObject().status(200).type('application/json').send(body);
	return { noWebhookResponse: true };
}

/**
 * Learns how n8n answers this push in the end, and puts the node's own body into a success. n8n answers when
 * the run was queued or has finished, as the field "Respond" says, and has no other word for its outcome.
 *
 * @param settle called once, with true after HTTP 2xx
 */
export function onAnswer(response: Response, body: string, settle: (done: boolean) => void): void {
	const end = response.end.bind(response) as (chunk?: string) => Response;
	let settled = false;
	const answer = (chunk?: unknown): Response => {
		const succeeded = response.statusCode >= 200 && response.statusCode < 300;
		if (!settled) settle(succeeded);
		settled = true;
		if (!succeeded || response.headersSent) return end(chunk as string | undefined);
		response.setHeader('Content-Type', 'application/json; charset=utf-8');
		response.setHeader('Content-Length', Buffer.byteLength(body));
		return end(body);
	};
	response.end = answer as Response['end'];
}
