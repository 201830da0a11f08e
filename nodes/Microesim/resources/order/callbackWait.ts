import type {
	IExecuteFunctions,
	INodeProperties,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { refusal } from '../../shared/errors/refusal';
import { orderItems } from '../../shared/esims';
import { WatchedOrder } from '../../shared/order/watch';
import { numberOrNull } from '../../shared/numbers';
import { optionsOf, requiredText } from '../../shared/parameters';
import { RECEIVED, refusePush } from '../../shared/push/answer';
import { readPush } from '../../shared/push/readPush';
import { readRequest } from '../../shared/push/readRequest';
import { cleanText } from '../../shared/text';
import type { Outcome } from '../operation';
import { orderResults } from './get';

const DEFAULT_HOURS = 24;

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

export const callbackDeadline: INodeProperties = {
	displayName: 'Callback Deadline (Hours)',
	name: 'callbackHours',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: DEFAULT_HOURS,
	displayOptions: { show: { '/waitFor': ['callback'] } },
	description:
		'How long the execution sleeps at most. Then the order goes on as it came in, with its order ID.',
};

/**
 * Puts the execution to sleep until MicroeSIM calls back, unless the order is ready already. Nothing stays in
 * memory meanwhile. When the deadline passes, n8n lets the input go on, so that the order ID is not lost.
 */
export async function sleepUntilCallback(context: IExecuteFunctions): Promise<Outcome[]> {
	const input = context.getInputData();
	if (input.length !== 1) {
		throw refusal(
			context,
			0,
			`"Wait For: Delivery by Callback" takes one order per execution, but ${input.length} items came in`,
			'An execution can be woken once. Put a Loop Over Items node or a sub-workflow before it, or wait by looking. The orders are not lost: their IDs are in the input of this node.',
		);
	}
	const topupId = requiredText(context, 'topupId', 'Order ID', 0);
	const { callbackHours = DEFAULT_HOURS } = optionsOf(context, 0);
	const hours = numberOrNull(callbackHours);
	if (hours === null || hours <= 0) {
		throw refusal(
			context,
			0,
			`The option "Callback Deadline (Hours)" must be a number above 0, but is "${String(callbackHours)}"`,
		);
	}
	const order = new WatchedOrder(context, topupId, 0);
	if (await order.look()) {
		return [{ itemIndex: 0, results: orderResults(context, 0, topupId, order.seen) }];
	}
	await context.putExecutionToWait(new Date(Date.now() + hours * 3600 * 1000));
	return [{ itemIndex: 0, results: [{ ...input[0]! }] }];
}

/**
 * Receives the push for a sleeping execution. The push is only a reason to look: what wakes the execution is that
 * MicroeSIM itself shows the order as delivered, and what it puts out is MicroeSIM's own answer.
 */
export async function wakeByPush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = readRequest(context);
	if ('fault' in request) return refusePush(context, request.status, request.fault);
	const push = readPush(request.body);
	if ('fault' in push) return refusePush(context, 400, push.fault);
	const topupId = cleanText(String(context.getNodeParameter('topupId', '')));
	if (push.esims[0]!.topupId !== topupId) {
		return refusePush(context, 403, 'it is about another order than this execution waits for');
	}
	const order = new WatchedOrder(context, topupId, 0);
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
