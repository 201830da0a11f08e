import type { INodeProperties } from 'n8n-workflow';

import { countryCodesField, nameContainsField, simplifyFields } from '../../shared/fields';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import { DAYS } from './filterFields';
import { ACTIVATION_CHOICES } from './planFields';
import { sieveFields, type Sieve } from './sieve';

export const TRIP_DAYS: [number, number] = [1, DAYS.to];

export const GIGABYTES: NumberRange = { from: 0, to: 1_000_000 };

export const RUNNERS_UP: [number, number] = [0, 100];

/** A discount at most gives the plan away. */
export const PERCENT: NumberRange = { from: -100, to: 100_000 };

export const RATES: NumberRange = { from: 0, to: 1_000_000, above: true };

/** What the plan must be besides. */
export const CONDITIONS: Sieve = {
	collection: {
		displayName: 'Conditions',
		name: 'conditions',
		type: 'collection',
		placeholder: 'Add condition',
		default: {},
		options: [
			{
				displayName: 'Activation Type',
				name: 'activationType',
				type: 'options',
				options: [...ACTIVATION_CHOICES],
				default: 'ACTIVEDBYDEVICE',
				description: 'What starts the validity of the plan',
			},
			{
				displayName: 'Currency',
				name: 'currency',
				type: 'string',
				default: '',
				placeholder: 'e.g. HKD',
				description: 'The currency that the plan is priced in; needed where plans come in several',
			},
			{
				displayName: 'Maximum Price',
				name: 'maximumPrice',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
				default: '',
				placeholder: 'e.g. 100',
				description: 'What the plan may cost at most, in the currency that it names',
			},
			nameContainsField,
			{
				displayName: 'Unlimited Only',
				name: 'unlimitedOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out plans with a limit of data',
			},
			{
				displayName: 'Without eKYC',
				name: 'withoutEkyc',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out plans whose travellers must prove their identity',
			},
		],
	},
	atFirst: { activationType: 'any', unlimitedOnly: false, withoutEkyc: false },
	noneAtZero: ['maximumPrice'],
};

const pricing: INodeProperties = {
	displayName: 'Sales Price',
	name: 'pricing',
	type: 'collection',
	placeholder: 'Add to the price',
	default: {},
	description: 'Puts out sales_price and sales_currency beside what the plan costs',
	options: [
		{
			displayName: 'Exchange Rate',
			name: 'rate',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: RATES.to, numberPrecision: 8 },
			default: 1,
			description: 'How much of the sales currency one unit of the currency of the plan is',
		},
		{
			displayName: 'Fixed Margin',
			name: 'fixed',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
			default: 0,
			description: 'Added behind the percent, in the sales currency',
		},
		{
			displayName: 'Margin (Percent)',
			name: 'percent',
			type: 'number',
			typeOptions: { minValue: PERCENT.from, maxValue: PERCENT.to, numberPrecision: 4 },
			default: 20,
			description: 'Added to what the plan costs',
		},
		{
			displayName: 'Round Up To',
			name: 'ending',
			type: 'options',
			options: [
				{ name: 'Cent', value: 'cent' },
				{ name: 'Ten', value: 'ten' },
				{ name: 'Whole Number', value: 'whole' },
				{ name: 'x.90', value: '.90' },
				{ name: 'x.95', value: '.95' },
				{ name: 'x.99', value: '.99' },
			],
			default: '.99',
			description: 'What the price ends in',
		},
		{
			displayName: 'Sales Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. EUR',
			description: 'The currency you sell in, by the Exchange Rate. Empty for that of the plan.',
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'If Nothing Fits',
			name: 'ifNothingFits',
			type: 'options',
			options: [
				{ name: 'Put Out No Item', value: 'nothing' },
				{
					name: 'Stop With an Error',
					value: 'error',
					description: 'It says which condition failed nearest',
				},
			],
			default: 'error',
			description: 'What to do when no plan meets all conditions',
		},
		{
			displayName: 'Runners-Up',
			name: 'runnersUp',
			type: 'number',
			typeOptions: { minValue: RUNNERS_UP[0], maxValue: RUNNERS_UP[1] },
			default: 2,
			description:
				'How many of the next cheapest plans to put out behind the best, each as an item',
		},
	],
};

export const findBestFields: INodeProperties[] = [
	{
		...countryCodesField,
		required: true,
		description: `${countryCodesField.description}. The plan works in all of them.`,
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		required: true,
		typeOptions: { minValue: TRIP_DAYS[0], maxValue: TRIP_DAYS[1] },
		default: 7,
		description: 'How many days the plan lasts at least',
	},
	{
		displayName: 'Data (GB)',
		name: 'gigabytes',
		type: 'number',
		typeOptions: { minValue: GIGABYTES.from, maxValue: GIGABYTES.to, numberPrecision: 3 },
		default: 1,
		description:
			'How much data the traveller has at least, over the days above. 0 for any amount. Unlimited plans have enough.',
	},
	...simplifyFields,
	...sieveFields(CONDITIONS),
	pricing,
	options,
];
