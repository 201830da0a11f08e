import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';
import { numberOrNull } from '../numbers';
import { optionsOf, wholeNumber } from '../parameters';
import { cleanText, textOrNull } from '../text';

/** How an item is bought, apart from what. */
export interface OrderOptions {
	guarded: boolean;
	onDuplicate: 'passOn' | 'error';
	split: boolean;
	checks: PlanChecks;
}

/** What must be true of plan and account before an order leaves; undefined is not checked. */
export interface PlanChecks {
	maximumUnitPrice?: number;
	mustBeOnSale?: boolean;
	expectedName?: string;
	keepBalanceAbove?: number;
}

const MOST_AT_ONCE = 10;

/** Reads the options of an item. @throws NodeOperationError naming the option that makes no sense */
export function readOrderOptions(context: IExecuteFunctions, itemIndex: number): OrderOptions {
	const options = optionsOf(context, itemIndex);
	const amount = (name: string, label: string): number | undefined => {
		if (options[name] === undefined) return undefined;
		const value = numberOrNull(options[name]);
		if (value !== null && value >= 0) return value;
		throw refusal(
			context,
			itemIndex,
			`The option "${label}" must be an amount such as 12.50, but is "${String(options[name])}"`,
		);
	};
	return {
		guarded: options.preventDuplicates !== false,
		onDuplicate: options.ifDuplicate === 'error' ? 'error' : 'passOn',
		split: options.splitQuantity === true,
		checks: {
			maximumUnitPrice: amount('maximumUnitPrice', 'Maximum Unit Price'),
			mustBeOnSale: options.mustBeOnSale === true ? true : undefined,
			expectedName: textOrNull(options.expectedPlanName) === null ? undefined : cleanText(String(options.expectedPlanName)),
			keepBalanceAbove: amount('keepBalanceAbove', 'Keep Balance Above'),
		},
	};
}

/** How many orders may be on their way at once, for the whole run. */
export const concurrentOrders = (context: IExecuteFunctions): number =>
	wholeNumber(context, optionsOf(context, 0).concurrentOrders ?? 1, 'Concurrent Orders', [1, MOST_AT_ONCE], 0);
