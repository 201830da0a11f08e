import type { INodeProperties } from 'n8n-workflow';

import { IN_TOOLS, IN_VERSION_1, NOT_IN_TOOLS } from './versions';

/** Fields that several operations share: said once, so that they read the same everywhere. */

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** *Simplify* of the operations; n8n asks for more choice where a model reads what comes out. */
export const simplifyFields: INodeProperties[] = [
	{ ...simplifyField, displayOptions: { show: IN_VERSION_1 } },
	{ ...simplifyField, displayOptions: { show: NOT_IN_TOOLS } },
	{
		displayName: 'Output',
		name: 'toolOutput',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'All that MicroeSIM answered, as it came' },
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'Some fields of the simplified answer: the model has less to read',
			},
			{ name: 'Simplified', value: 'simplified', description: 'Typed values, what matters first' },
		],
		default: 'simplified',
		displayOptions: { show: IN_TOOLS },
		description: 'What the model gets to read',
	},
	{
		displayName: 'Fields',
		name: 'toolFields',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. channel_dataplan_id, price',
		displayOptions: { show: { ...IN_TOOLS, toolOutput: ['selected'] } },
		description: 'Names of the fields to return, separated by commas',
	},
];

export const topupIdField: INodeProperties = {
	displayName: 'Order ID',
	name: 'topupId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 202308161431187762753800',
	description: 'The topup_id that Order → Create returned',
};

export const deviceIdField: INodeProperties = {
	displayName: 'Device ID',
	name: 'deviceId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 9000024081603874',
	description: 'The device_id of the eSIM, from Order → Get. It is an internal ID, not the ICCID.',
};

export const planField: INodeProperties = {
	displayName: 'Plan',
	name: 'planId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The data plan. Prices and IDs change: the list shows what is on sale now.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a plan...',
			typeOptions: {
				searchListMethod: 'searchPlans',
				searchable: true,
				searchFilterRequired: false,
			},
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. b1a926e1-d770-4e03-804e-c527b9397eb9',
		},
	],
};

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'One Item per eSIM',
			value: 'perEsim',
			description: 'Each eSIM is an item of its own, ready to be mailed',
		},
		{
			name: 'One Item per Order',
			value: 'perOrder',
			description: 'Each order is one item with its eSIMs as a list',
		},
	],
	default: 'perEsim',
	description: 'What an item of the output stands for',
};

/** What plans are chosen by, wherever they are. */
export const nameContainsField: INodeProperties = {
	displayName: 'Name Contains',
	name: 'nameContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. Japan',
	description: 'Part of the plan name, in capital or small letters',
};

export const countryCodesField: INodeProperties = {
	displayName: 'Country Codes',
	name: 'countryCodes',
	type: 'string',
	default: '',
	placeholder: 'e.g. JP, KR',
	description: 'Two-letter country codes (ISO 3166), separated by commas',
};

/** How an order with several eSIMs comes out; raw it is one item. */
export const outputFields: INodeProperties[] = [
	{ ...outputField, displayOptions: { show: { simplify: [true] } } },
	{
		...outputField,
		displayName: 'Items',
		displayOptions: { show: { ...IN_TOOLS, toolOutput: ['selected', 'simplified'] } },
	},
];
