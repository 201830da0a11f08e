import type { INodeProperties } from 'n8n-workflow';

import { RECEIVED } from '../shared/push/answer';
import { qrCodeOption } from '../shared/qrCode/attach';
import { DAYS, DEFAULT_DAYS, DEFAULT_ENTRIES, ENTRIES } from './settings';

export const triggerOptions: INodeProperties = {
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
		qrCodeOption,
		{
			displayName: 'Remember for Days',
			name: 'rememberDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: DAYS.to },
			default: DEFAULT_DAYS,
			description:
				"How long this process of n8n answers a push of an eSIM that it has handed on without starting another run. What is in n8n's database is known for good.",
		},
		{
			displayName: 'Remember Up To',
			name: 'rememberEntries',
			type: 'number',
			typeOptions: { minValue: ENTRIES.from, maxValue: ENTRIES.to },
			default: DEFAULT_ENTRIES,
			description:
				"How many eSIMs this process of n8n knows without asking n8n's database; the oldest are forgotten first",
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
