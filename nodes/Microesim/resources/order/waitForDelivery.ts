import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isUnknownOrder } from '../../shared/errors/advice';
import { failureOf } from '../../shared/errors/failure';
import { refusal } from '../../shared/errors/refusal';
import { readOrder } from '../../shared/esims';
import { outputField, simplifyField, topupIdField } from '../../shared/fields';
import { optionsOf, requiredText, wholeNumber } from '../../shared/parameters';
import { poll, type Look } from '../../shared/polling';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { ask } from '../../shared/transport/request';
import type { Operation } from '../operation';
import { orderResults } from './get';

const DEFAULT_WAIT_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 1800;

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'If Not Ready in Time',
			name: 'ifNotReady',
			type: 'options',
			options: [
				{
					name: 'Continue',
					value: 'continue',
					description: 'The order goes on with what it has, and delivered is false',
				},
				{ name: 'Stop With an Error', value: 'error' },
			],
			default: 'continue',
			description: 'What to do with an order that is not delivered within the Maximum Wait',
		},
		{
			displayName: 'Maximum Wait',
			name: 'maximumWait',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_WAIT_SECONDS },
			default: DEFAULT_WAIT_SECONDS,
			description:
				'How many seconds to wait. Most orders take up to 30, plans with "Local" in their name one or two minutes more.',
		},
	],
};

export const waitForDelivery: Operation = {
	name: 'Wait for Delivery',
	value: 'waitForDelivery',
	action: 'Wait for the delivery of an order',
	description: 'Look at an order again and again until its eSIMs are ready',
	fields: [topupIdField, simplifyField, outputField, optionsField],
	async execute(context, itemIndex) {
		const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
		const { maximumWait = DEFAULT_WAIT_SECONDS, ifNotReady } = optionsOf(context, itemIndex);
		const range: [number, number] = [1, LONGEST_WAIT_SECONDS];
		const seconds = wholeNumber(context, maximumWait, 'Maximum Wait', range, itemIndex);
		const look = async () => await lookAt(context, topupId, itemIndex);
		const { ready, value } = await poll(context, look, seconds * 1000);
		if (!ready && ifNotReady === 'error') {
			throw refusal(
				context,
				itemIndex,
				`The order ${topupId} was not delivered within ${seconds} seconds`,
				'It is paid and will come. Look at it later with Order → Get, or set a longer Maximum Wait.',
			);
		}
		return orderResults(context, itemIndex, topupId, value);
	},
};

/** An id handed out seconds ago may be unknown for a while; everything else that fails ends the wait. */
async function lookAt(
	context: IExecuteFunctions,
	topupId: string,
	itemIndex: number,
): Promise<Look<unknown>> {
	const answer = await ask(context, ENDPOINTS.order, { topup_id: topupId }, itemIndex);
	if (answer.kind === 'success') {
		const { result } = answer.envelope;
		return { ready: readOrder(result, topupId).delivered, value: result };
	}
	if (answer.kind === 'refused' && isUnknownOrder(answer.envelope.msg)) {
		return { ready: false, value: undefined };
	}
	throw failureOf(context, answer, ENDPOINTS.order, itemIndex);
}
