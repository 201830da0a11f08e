import type { INodeProperties } from 'n8n-workflow';

import type { Kind } from '../../shared/alerts/alert';
import { deviceIdField, topupIdField } from '../../shared/fields';
import type { NumberRange } from '../../shared/numberRange';
import { sideBySideOptions } from '../../shared/sideBySide';

export const DAYS_BEFORE: [number, number] = [0, 365];

export const DAYS_TO_INSTALL: [number, number] = [1, 3650];

export const ALLOWANCE: NumberRange = { from: 0, to: 100_000_000, above: true };

export const PERCENTS = [25, 50, 75, 80, 90, 100] as const;

const KIND_CHOICES: Array<{ name: string; value: Kind; description?: string }> = [
	{
		name: 'Data Used',
		value: 'data_used',
		description: "Some percent of the plan's data, of each day for daily plans",
	},
	{ name: 'Deleted From the Phone', value: 'deleted' },
	{
		name: 'Expired',
		value: 'expired',
		description: 'After it was active, or because it was not installed in time',
	},
	{ name: 'Expires Soon', value: 'expires_soon' },
	{ name: 'First Used', value: 'first_used' },
	{ name: 'Installed', value: 'installed' },
	{ name: 'Terminated', value: 'terminated' },
];

export const DEFAULT_DAYS_BEFORE = 3;

export const alertFields: INodeProperties[] = [
	topupIdField,
	deviceIdField,
	{
		displayName: 'Alert On',
		name: 'alertOn',
		type: 'multiOptions',
		options: KIND_CHOICES,
		default: ['data_used', 'expired', 'expires_soon'],
		description:
			'What to tell. Each comes out once per eSIM, however often this runs; usage is known 30 to 60 minutes later.',
	},
	{
		displayName: 'Percent of Data',
		name: 'percents',
		type: 'multiOptions',
		options: PERCENTS.map((value) => ({ name: `${value}%`, value })),
		default: [75, 90, 100],
		displayOptions: { show: { alertOn: ['data_used'] } },
		description: 'How much of the data must be used for an alert',
	},
	{
		displayName: 'Days Before Expiry',
		name: 'daysBefore',
		type: 'number',
		typeOptions: { minValue: DAYS_BEFORE[0], maxValue: DAYS_BEFORE[1] },
		default: DEFAULT_DAYS_BEFORE,
		displayOptions: { show: { alertOn: ['expires_soon'] } },
		description:
			'How many days before an eSIM runs out, or before it must be installed, to tell it',
	},
	sideBySideOptions(
		{
			displayName: 'Data Allowance (MB)',
			name: 'allowance',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: ALLOWANCE.to, numberPrecision: 2 },
			default: 1024,
			description:
				'What percents count from where the plan is unlimited or gone from the catalogue; of daily plans, for each day',
		},
		{
			displayName: 'Days to Install',
			name: 'daysToInstall',
			type: 'number',
			typeOptions: { minValue: DAYS_TO_INSTALL[0], maxValue: DAYS_TO_INSTALL[1] },
			default: 60,
			description:
				'How many days after its order an eSIM can be installed, where its plan says none or is gone from the catalogue',
		},
		{
			displayName: 'Mark as Told',
			name: 'markAsTold',
			type: 'boolean',
			default: true,
			description:
				'Whether what comes out does not come again. Switch it off while you try out a workflow.',
		},
		{
			displayName: 'Thresholds Jumped Over',
			name: 'jumped',
			type: 'options',
			options: [
				{
					name: 'Highest Alone',
					value: 'highest',
					description: 'From 40% to 92% at once: 90% is told',
				},
				{ name: 'Each', value: 'each', description: 'From 40% to 92% at once: 50%, 75%, 90%' },
			],
			default: 'highest',
			description: 'What to tell when more than one percent was reached since the last look',
		},
	),
];
