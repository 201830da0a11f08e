import type { INodeProperties } from 'n8n-workflow';

import { planField } from '../../shared/fields';

/** Unique per execution, node, run of the node and item: loops and several Create nodes included. */
const UNIQUE_NUMBER =
	'=n8n-{{ $execution.id }}-{{ $nodeId }}-{{ $runIndex }}-{{ $itemIndex }}';

export const createFields: INodeProperties[] = [
	planField,
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		required: true,
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many eSIMs to buy',
		hint: 'MicroeSIM recommends 1 per order: more may be delivered later',
	},
	{
		displayName: 'Activation Date',
		name: 'activationDate',
		type: 'dateTime',
		default: '',
		description:
			'When the eSIM becomes active, within the next 30 days. Needed for plans whose active_type is ACTIVEDBYORDER: without it they become active at once.',
	},
	{
		displayName: 'Custom Order Number',
		name: 'customOrderNo',
		type: 'string',
		default: UNIQUE_NUMBER,
		placeholder: 'e.g. 1001-1',
		description: 'Your own number for this order, by which you find it at MicroeSIM',
		hint: "Better use your shop's own order number and line: it stays the same when an order arrives twice",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Customer Email',
				name: 'customEmail',
				type: 'string',
				default: '',
				placeholder: 'e.g. name@email.com',
				description: 'MicroeSIM itself mails the eSIM to this address when it is ready',
			},
			{
				displayName: 'Notify URL',
				name: 'notifyUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com/webhook/esim',
				description:
					'Address that MicroeSIM calls when the order is ready. Its document does not name this parameter (notify_url), but shops use it.',
			},
			{
				displayName: 'Remark',
				name: 'remark',
				type: 'string',
				default: '',
				description: 'A note that is kept with the order',
			},
		],
	},
];
