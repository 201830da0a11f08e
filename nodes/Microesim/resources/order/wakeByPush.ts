import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { orderItems } from '../../shared/answers/orderItems';
import { fieldText } from '../../shared/answers/text';
import { AwaitedOrder } from '../../shared/order/awaitedOrder';
import { RECEIVED, refusePush } from '../../shared/push/answer';
import { readPush } from '../../shared/push/read/readPush';
import { readRequest } from '../../shared/push/read/readRequest';
import { withQrCodes } from '../../shared/qrCode/attach';
import { isVersion1 } from '../../shared/versions';

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
	const request = await readRequest(context);
	if ('fault' in request) {
		return refusePush(context, { status: request.status, reason: request.fault });
	}
	const push = readPush(request.body);
	const named = [
		...('fault' in push ? [] : push.esims),
		...[...push.mixedUp, ...push.open].map(({ esim }) => esim),
	];
	if (named.length === 0 && 'fault' in push) {
		return refusePush(context, { status: 400, reason: push.fault });
	}
	const topupId = fieldText(context.getNodeParameter('topupId', '')) ?? '';
	if (!named.some((esim) => esim.topupId === topupId)) {
		const reason = 'it is about another order than this execution waits for';
		return refusePush(context, { status: 403, reason });
	}
	const order = new AwaitedOrder(context, topupId, 0);
	let delivered: boolean;
	try {
		delivered = await order.look();
	} catch (error) {
		return refusePush(context, { status: 503, reason: (error as Error).message });
	}
	if (!delivered) {
		const reason = 'MicroeSIM does not show the order as delivered yet';
		return refusePush(context, { status: 503, reason });
	}
	const items = orderItems(topupId, order.seen, {
		simplified: context.getNodeParameter('simplify', true) as boolean,
		perOrder: context.getNodeParameter('output', 'perEsim') === 'perOrder',
		nested: isVersion1(context),
	});
	const { qrCodeField = '' } = context.getNodeParameter('options', {}) as IDataObject;
	const field = fieldText(qrCodeField) ?? '';
	const shown = items.map(async (json) => await withQrCodes(context, json, field));
	return {
		workflowData: [
			(await Promise.all(shown)).map((item) => ({ ...item, pairedItem: { item: 0 } })),
		],
		webhookResponse: RECEIVED,
	};
}
