import type { INodeProperties } from 'n8n-workflow';

import { countryCodesField, nameContainsField } from '../../shared/fields';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import { ACTIVATION_CHOICES } from './planFields';
import type { Sieve } from './sieve';

/** Wide enough for "9999" and the like, by which people say: however long. */
export const DAYS: NumberRange = { from: 0, to: 1_000_000 };

const fields: INodeProperties[] = [
	{
		displayName: 'Activation Type',
		name: 'activationType',
		type: 'options',
		options: [{ name: 'Any', value: 'any' }, ...ACTIVATION_CHOICES],
		default: 'any',
		description: 'What starts the validity of the plan',
	},
	countryCodesField,
	{
		displayName: 'Country Match',
		name: 'countryMatch',
		type: 'options',
		options: [
			{
				name: 'All Of',
				value: 'all',
				description: 'The plan works in every one of the countries',
			},
			{
				name: 'Any Of',
				value: 'any',
				description: 'The plan works in at least one of the countries',
			},
		],
		default: 'any',
		description: 'Which of the country codes a plan must cover',
	},
	{
		displayName: 'Data Type',
		name: 'dataType',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'Daily', value: 'daily', description: 'An allowance for each day' },
			{ name: 'Total', value: 'total', description: 'One allowance for all days' },
			{ name: 'Unlimited', value: 'unlimited' },
		],
		default: 'any',
		description: 'How the data of the plan is counted',
	},
	{
		displayName: 'Days From',
		name: 'minDays',
		type: 'number',
		typeOptions: { minValue: DAYS.from, maxValue: DAYS.to },
		default: 1,
		description: 'The fewest days the plan lasts',
	},
	{
		displayName: 'Days To',
		name: 'maxDays',
		type: 'number',
		typeOptions: { minValue: DAYS.from, maxValue: DAYS.to },
		default: 30,
		description: 'The most days the plan lasts',
	},
	{
		displayName: 'eKYC',
		name: 'ekyc',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'With', value: 'with', description: 'Travellers must prove their identity' },
			{ name: 'Without', value: 'without', description: 'No proof of identity is needed' },
		],
		default: 'any',
		description: 'Whether travellers must prove their identity before the plan works',
	},
	nameContainsField,
	{
		displayName: 'On Sale Only',
		name: 'onSaleOnly',
		type: 'boolean',
		default: true,
		description:
			'Whether to leave out plans that cannot be bought now. On unless it is switched off here.',
	},
	{
		displayName: 'Price From',
		name: 'minPrice',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
		default: 0,
		description: 'The lowest price, in the currency that the plan names',
	},
	{
		displayName: 'Price To',
		name: 'maxPrice',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
		default: 100,
		description: 'The highest price, in the currency that the plan names',
	},
];

/** What Get Many filters by. */
export const FILTERS: Sieve = {
	collection: {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: fields,
	},
	atFirst: {},
	noneAtZero: ['maxDays', 'maxPrice'],
};
