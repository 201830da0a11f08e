import type { INodeProperties } from 'n8n-workflow';

import { outputFields, simplifyFields, topupIdField } from '../../shared/fields';
import { ifNotReadyOption, maximumWaitOption } from '../../shared/order/waitOptions';
import { qrCodeOption } from '../../shared/qrCode/attach';
import { DEFAULT_HOURS, MOST_HOURS } from './sleepUntilCallback';

const callbackDeadline: INodeProperties = {
	displayName: 'Callback Deadline (Hours)',
	name: 'callbackHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MOST_HOURS, numberPrecision: 2 },
	default: DEFAULT_HOURS,
	displayOptions: { show: { '/waitFor': ['callback'] } },
	description:
		'How long the execution sleeps at most. Then the order goes on as it came in, with its order ID.',
};

export const waitForDeliveryFields: INodeProperties[] = [
	topupIdField,
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		options: [
			{
				name: 'Delivery by Callback',
				value: 'callback',
				description:
					'The execution sleeps until MicroeSIM calls back, then reads the order; one order per execution',
			},
			{
				name: 'Delivery by Looking',
				value: 'looking',
				description: 'The node looks again and again, for all orders of the run together',
			},
		],
		default: 'looking',
		description: 'How the node learns that an order is ready',
	},
	{
		displayName:
			'Set Delivery → Notify URL of the Order → Create node before this one to {{ $execution.resumeUrl }}, as an expression. When the deadline passes, the item goes on as it came in: it has no field "delivered". After the callback the order is read (topupDetail), though MicroeSIM\'s document says to use either of the two for an order; shops use both.',
		name: 'callbackNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { waitFor: ['callback'] } },
	},
	...simplifyFields,
	...outputFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			callbackDeadline,
			...[ifNotReadyOption, maximumWaitOption].map((option) => ({
				...option,
				displayOptions: { show: { '/waitFor': ['looking'] } },
			})),
			qrCodeOption,
		],
	},
];
