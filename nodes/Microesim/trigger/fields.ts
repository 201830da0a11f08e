import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields';
import { RECEIVED } from '../shared/push/answer';
import { DAYS, DEFAULT_DAYS, DEFAULT_ENTRIES, ENTRIES } from './settings';

/** Where the address of the trigger goes: said in the panel, the notice and after activation. */
export const WHERE_IT_GOES =
	'Copy the Production URL of this node into Order → Create → Options → Notify URL. Or ask MicroeSIM support to make it the callback address of your account. MicroeSIM has no call to register it, so it cannot be done from here.';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Order IDs to Accept',
			name: 'orderNumbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. 202308161431187762753800',
			description:
				'Order IDs separated by commas. Pushes of other orders are answered as received and start nothing. Empty accepts all.',
		},
		{
			displayName: 'Put QR Code in Field',
			name: 'qrCodeField',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the picture in',
			description:
				'Adds the QR code of each eSIM as a PNG picture, drawn here and named esim-[device_id].png',
		},
		{
			displayName: 'Remember for Days',
			name: 'rememberDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: DAYS.to },
			default: DEFAULT_DAYS,
			description: 'How long the same eSIM is not accepted a second time',
		},
		{
			displayName: 'Remember Up To',
			name: 'rememberEntries',
			type: 'number',
			typeOptions: { minValue: ENTRIES.from, maxValue: ENTRIES.to },
			default: DEFAULT_ENTRIES,
			description: 'How many eSIMs are remembered; the oldest are forgotten first',
		},
		{
			displayName: 'Response Body',
			name: 'responseBody',
			type: 'string',
			default: RECEIVED,
			description:
				'What MicroeSIM is answered. Its document leaves open what counts as received; this is what its own answers look like.',
		},
	],
};

export const triggerFields: INodeProperties[] = [
	{ displayName: WHERE_IT_GOES, name: 'notice', type: 'notice', default: '' },
	{
		displayName: 'Verify Push By',
		name: 'verifyBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Looking Up the eSIM',
				value: 'lookup',
				description: 'Asks MicroeSIM whether the order and the eSIM belong together',
			},
			{
				name: 'Nothing',
				value: 'nothing',
				description: 'Believes every push that carries the URL Token',
			},
			{
				name: 'Signature Headers',
				value: 'signature',
				description: 'Checks the four signature headers; for accounts whose pushes are signed',
			},
		],
		default: 'lookup',
		description: 'How a push is checked before it starts the workflow',
	},
	{
		displayName:
			'Whoever learns the address can make this workflow mail made-up eSIMs. A URL Token is needed, and should be long and random.',
		name: 'nothingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyBy: ['nothing'] } },
	},
	{
		displayName: 'URL Token',
		name: 'urlToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'A secret of your choice that the callback address must carry: add ?token=… to the address you give to MicroeSIM. Empty asks for none.',
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description: 'As soon as the run is queued',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'After the run: when it fails, MicroeSIM pushes the eSIM again',
			},
		],
		default: 'onReceived',
		description: 'When MicroeSIM gets its answer',
	},
	simplifyField,
	options,
];
