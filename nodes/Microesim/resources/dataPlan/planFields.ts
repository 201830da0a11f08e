import type { INodeProperties } from 'n8n-workflow';

/** What plans are chosen by, in Get Many and in Find Best. */

/** What starts the validity of a plan. */
export const ACTIVATION_CHOICES = [
	{
		name: 'By Device',
		value: 'ACTIVEDBYDEVICE',
		description: 'Starts when the phone first connects',
	},
	{
		name: 'By Order',
		value: 'ACTIVEDBYORDER',
		description: 'Starts at the activation date of the order',
	},
] as const;

export const nameContainsField: INodeProperties = {
	displayName: 'Name Contains',
	name: 'nameContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. Japan',
	description: 'Part of the plan name, in capital or small letters',
};
