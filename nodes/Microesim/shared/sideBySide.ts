import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { optionsOf, wholeNumber } from './parameters';

/** What MicroeSIM is asked at the same time by one run, at most. */
const MOST: [number, number] = [1, 10];

/** The options of reads whose items are asked about side by side. */
export const sideBySideOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Concurrent Requests',
			name: 'concurrentRequests',
			type: 'number',
			typeOptions: { minValue: MOST[0], maxValue: MOST[1] },
			default: 10,
			description:
				'How many items may be asked about at once. Read from the first item, for all. Lower it if MicroeSIM complains of too many requests.',
		},
	],
};

/**
 * How many items of a run are worked on at once.
 *
 * @param fields those of the operation: one without these options takes one item after another
 * @throws NodeOperationError when the option is out of range
 */
export function itemsAtOnce(context: IExecuteFunctions, fields: INodeProperties[]): number {
	if (!fields.includes(sideBySideOptions)) return 1;
	const { concurrentRequests = MOST[1] } = optionsOf(context, 0);
	return wholeNumber(context, concurrentRequests, 'Concurrent Requests', MOST, 0);
}
