import type { INodeProperties } from 'n8n-workflow';

import { LARGEST_PAGE } from '../../shared/catalogue/pages';
import type { SortBy } from '../../shared/catalogue/sort';
import { simplifyField } from '../../shared/fields';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import { ACTIVATION_CHOICES, nameContainsField } from './planFields';

/** Catalogues have some 15,000 plans. */
export const MOST_PLANS = 1_000_000;

/** Wide enough for "9999" and the like, by which people say: however long. */
export const DAYS: NumberRange = { from: 0, to: 1_000_000 };

export const CATALOGUE_ORDER = 'catalogue';

/** The orders plans can come out in, besides MicroeSIM's own. */
export const SORTS: Array<{ name: string; value: SortBy; description?: string }> = [
	{ name: 'Days', value: 'days', description: 'The shortest first' },
	{ name: 'Name', value: 'name' },
	{ name: 'Price', value: 'price', description: 'The cheapest first' },
	{ name: 'Price per Day', value: 'pricePerDay', description: 'The cheapest day first' },
	{
		name: 'Price per GB',
		value: 'pricePerGb',
		description:
			'The cheapest gigabyte first; daily plans with the data of all days, unlimited ones last',
	},
];

const sortByField: INodeProperties = {
	displayName: 'Sort By',
	name: 'sortBy',
	type: 'options',
	options: [
		{
			name: 'Catalogue Order',
			value: CATALOGUE_ORDER,
			description: 'As MicroeSIM lists them: reads no further than the limit',
		},
		...SORTS,
	],
	default: CATALOGUE_ORDER,
	description:
		'What comes first. All orders but that of the catalogue read all plans. Plans of two currencies are not compared: those of one stand together.',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Activation Type',
			name: 'activationType',
			type: 'options',
			options: [{ name: 'Any', value: 'any' }, ...ACTIVATION_CHOICES],
			default: 'any',
			description: 'What starts the validity of the plan',
		},
		{
			displayName: 'Country Codes',
			name: 'countryCodes',
			type: 'string',
			default: '',
			placeholder: 'e.g. JP, KR',
			description: 'Two-letter country codes (ISO 3166), separated by commas',
		},
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
			displayName: 'Page Size',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LARGEST_PAGE },
			default: LARGEST_PAGE,
			description: 'How many plans are read with one request when the source is paged',
		},
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{
					name: 'Full List',
					value: 'fullList',
					description: 'One request for everything; may time out above 10,000 plans',
				},
				{
					name: 'Paged (Recommended)',
					value: 'paged',
					description:
						'One request per page, some of them side by side, until the limit is reached',
				},
			],
			default: 'paged',
			description: 'How the catalogue is read',
		},
	],
};

export const getManyFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_PLANS },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	sortByField,
	simplifyField,
	filters,
	options,
];
