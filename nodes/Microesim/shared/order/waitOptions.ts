import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { wholeNumber } from '../parameters';

const DEFAULT_WAIT_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 1800;

/** How long orders are waited for, and what becomes of those that are late. */
export interface WaitOptions {
	seconds: number;
	lateIsError: boolean;
}

export const ifNotReadyOption: INodeProperties = {
	displayName: 'If Not Ready in Time',
	name: 'ifNotReady',
	type: 'options',
	options: [
		{
			name: 'Continue',
			value: 'continue',
			description: 'The order goes on with what it has, and delivered is false',
		},
		{ name: 'Stop With an Error', value: 'error' },
	],
	default: 'continue',
	description: 'What to do with an order that is not delivered within the Maximum Wait',
};

export const maximumWaitOption: INodeProperties = {
	displayName: 'Maximum Wait',
	name: 'maximumWait',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: LONGEST_WAIT_SECONDS },
	default: DEFAULT_WAIT_SECONDS,
	description:
		'How many seconds to wait. Most orders take up to 30, plans with "Local" in their name one or two minutes more.',
};

/**
 * Reads those options of an item.
 *
 * @param given where they stand
 * @throws NodeOperationError naming the option that makes no sense
 */
export function readWaitOptions(
	context: IExecuteFunctions,
	{ maximumWait = DEFAULT_WAIT_SECONDS, ifNotReady }: IDataObject,
	itemIndex: number,
): WaitOptions {
	const range: [number, number] = [1, LONGEST_WAIT_SECONDS];
	return {
		seconds: wholeNumber(context, maximumWait, 'Maximum Wait', range, itemIndex),
		lateIsError: ifNotReady === 'error',
	};
}
