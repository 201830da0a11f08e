import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { orderItems } from '../../shared/answers/esims';
import { fieldText } from '../../shared/answers/text';
import { AwaitedOrder } from '../../shared/order/awaitedOrder';
import { RECEIVED, refusePush } from '../../shared/push/answer';
import { readPush } from '../../shared/push/readPush';
import { readRequest } from '../../shared/push/readRequest';

/** The address that wakes a sleeping execution; n8n makes it, nothing is registered anywhere. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		// Without it n8n answers a text of its own.
		responseData: '',
		path: '',
		restartWebhook: true,
		isFullPath: true,
	},
];

/**
 * Receives the push for a sleeping execution. The push is only a reason to look: what wakes the execution is that
 * MicroeSIM itself shows the order as delivered, and what it puts out is MicroeSIM's own answer.
 */
export async function wakeByPush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = readRequest(context);
	if ('fault' in request) return refusePush(context, request.status, request.fault);
	const push = readPush(request.body);
	if ('fault' in push) return refusePush(context, 400, push.fault);
	const topupId = fieldText(context.getNodeParameter('topupId', ''));
	if (push.esims[0]!.topupId !== topupId) {
		return refusePush(context, 403, 'it is about another order than this execution waits for');
	}
	const order = new AwaitedOrder(context, topupId, 0);
	let delivered: boolean;
	try {
		delivered = await order.look();
	} catch (error) {
		return refusePush(context, 503, (error as Error).message);
	}
	if (!delivered)
		return refusePush(context, 503, 'MicroeSIM does not show the order as delivered yet');
	const perOrder = context.getNodeParameter('output', 'perEsim') === 'perOrder';
	const simplified = context.getNodeParameter('simplify', true) as boolean;
	const items = orderItems(topupId, order.seen, simplified, perOrder);
	return {
		workflowData: [items.map((json) => ({ json, pairedItem: { item: 0 } }))],
		webhookResponse: RECEIVED,
	};
}
