import type { INodeProperties } from 'n8n-workflow';

import { countryCodesField, nameContainsField } from '../shared/fields';
import { AMOUNTS } from '../shared/numberRange';

export const MOST_CHANGES: [number, number] = [1, 100_000];
export const DEFAULT_MOST_CHANGES = 500;

/** An account that may be overdrawn can have a threshold below zero. */
export const THRESHOLDS = { from: -AMOUNTS.to, to: AMOUNTS.to };

/** What the trigger can start on. The values stand in users' saved workflows and in items: they never change. */
export const EVENTS = [
	{
		name: 'Balance Back Above',
		value: 'balance_above',
		description: 'The balance has reached the threshold again',
	},
	{
		name: 'Balance Below',
		value: 'balance_below',
		description: 'The balance has fallen below the threshold; once, until it is back above',
	},
	{
		name: 'Balance Changed',
		value: 'balance_changed',
		description: 'The balance is another one than at the last look',
	},
	{
		name: 'New Plan',
		value: 'new_plan',
		description: 'A plan can be bought that was not there before',
	},
	{ name: 'Plan Back', value: 'plan_back', description: 'A plan that was gone is on sale again' },
	{
		name: 'Plan Gone',
		value: 'plan_gone',
		description: 'A plan is no longer on sale, in two looks in a row',
	},
	{ name: 'Plan Price Changed', value: 'plan_price', description: 'A plan has another price' },
	{
		name: 'Plan Renamed or Changed',
		value: 'plan_changed',
		description: 'A plan has another name, other days, data or countries, or other rules',
	},
] as const;

const PLAN_EVENTS = EVENTS.map(({ value }) => value).filter((value) => value.includes('plan'));

export const watchFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [...EVENTS],
		default: ['balance_below', 'plan_gone', 'plan_price'],
		description: 'What starts the workflow. The first look only learns how things are.',
	},
	{
		displayName: 'Balance Threshold',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: THRESHOLDS.from, maxValue: THRESHOLDS.to, numberPrecision: 2 },
		default: 100,
		displayOptions: { show: { events: ['balance_above', 'balance_below'] } },
		description: 'In the currency of the account',
	},
	{
		displayName:
			'Each look reads the whole catalogue: one request for 500 plans. Every hour is mostly often enough: choose it under Poll Times.',
		name: 'pollNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { events: PLAN_EVENTS } },
	},
	{
		displayName: 'Plans',
		name: 'watch',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'All plans that are on sale' },
			{ name: 'By Country', value: 'countries', description: 'Plans that work in a country' },
			{ name: 'By ID', value: 'ids', description: 'The plans of a list' },
			{ name: 'By Name', value: 'name', description: 'Plans whose name contains a text' },
		],
		default: 'all',
		displayOptions: { show: { events: PLAN_EVENTS } },
		description: 'Which plans to watch',
	},
	{
		...countryCodesField,
		required: true,
		displayOptions: { show: { watch: ['countries'] } },
		description: `${countryCodesField.description}. Plans that work in any of them are watched.`,
	},
	{
		displayName: 'Plan IDs',
		name: 'planIds',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. b1a926e1-d770-4e03-804e-c527b9397eb9',
		displayOptions: { show: { watch: ['ids'] } },
		description: 'One ID a line',
	},
	{
		...nameContainsField,
		required: true,
		displayOptions: { show: { watch: ['name'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Most Changes at Once',
				name: 'mostChanges',
				type: 'number',
				typeOptions: { minValue: MOST_CHANGES[0], maxValue: MOST_CHANGES[1] },
				default: DEFAULT_MOST_CHANGES,
				description:
					'When more plans than this change between two looks, one item says so, and nothing is learnt: it may be an outage or another account. Raise it to be told of them all.',
			},
		],
	},
];
