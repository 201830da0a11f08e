import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { optionsOf, wholeNumber } from './parameters';

/** How many items MicroeSIM may be asked about at the same time by one run. */
const AT_ONCE: [fewest: number, most: number] = [1, 10];

const concurrentRequests: INodeProperties = {
	displayName: 'Concurrent Requests',
	name: 'concurrentRequests',
	type: 'number',
	typeOptions: { minValue: AT_ONCE[0], maxValue: AT_ONCE[1] },
	default: 10,
	description:
		'How many items may be asked about at once. Read from the first item, for all. Lower it if MicroeSIM complains of too many requests.',
};

/** The options of reads whose items are asked about side by side. @param more those of the operation, behind it in the alphabet */
export const sideBySideOptions = (...more: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [concurrentRequests, ...more],
});

/**
 * How many items of a run are worked on at once.
 *
 * @param fields those of the operation: one without these options takes one item after another
 * @throws NodeOperationError when the option is out of range
 */
export function itemsAtOnce(context: IExecuteFunctions, fields: INodeProperties[]): number {
	const isSideBySide = fields.some(({ options = [] }) =>
		options.some((option) => option === concurrentRequests),
	);
	if (!isSideBySide) return 1;
	const { concurrentRequests: asked = AT_ONCE[1] } = optionsOf(context, 0);
	return wholeNumber(context, asked, 'Concurrent Requests', AT_ONCE, 0);
}
