import type { INodeProperties } from 'n8n-workflow';

import { LARGEST_PAGE } from '../../shared/catalogue/pages';
import type { SortBy } from '../../shared/catalogue/sort';
import { simplifyFields } from '../../shared/fields';
import { FILTERS } from './filterFields';
import { sieveFields } from './sieve';

/** Catalogues have some 15,000 plans. */
export const MOST_PLANS = 1_000_000;

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
	...simplifyFields,
	...sieveFields(FILTERS),
	options,
];
