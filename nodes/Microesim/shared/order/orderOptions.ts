import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';
import { AMOUNTS } from '../numberRange';
import { numberWithin, onOrOff, optionText, wholeNumber } from '../parameters';
import { orderSettings } from './orderSettings';

/** How an item is bought, apart from what. */
export interface OrderOptions {
	guarded: boolean;
	onDuplicate: 'passOn' | 'error';
	split: boolean;
	/** Codes and texts by which MicroeSIM is known to refuse this account's orders. */
	knownRefusals: string[];
	checks: PlanChecks;
}

/** What must be true of plan and account before an order leaves; undefined is not checked. */
export interface PlanChecks {
	maximumUnitPrice?: number;
	mustBeOnSale?: true;
	expectedName?: string;
	keepBalanceAbove?: number;
	requireActivationDate?: true;
}

const MOST_AT_ONCE = 10;

/** Reads the options of an item. @throws NodeOperationError naming the option that makes no sense */
export function readOrderOptions(context: IExecuteFunctions, itemIndex: number): OrderOptions {
	const options = orderSettings(context, itemIndex);
	const amount = (name: string, label: string): number | undefined =>
		name in options ? numberWithin(context, options[name], label, AMOUNTS, itemIndex) : undefined;
	const isChosen = (name: string, label: string, usual = false): boolean =>
		onOrOff(context, name in options ? options[name] : usual, label, itemIndex);
	return {
		guarded: isChosen('preventDuplicates', 'Prevent Duplicate Orders', true),
		onDuplicate: options.ifDuplicate === 'error' ? 'error' : 'passOn',
		split: isChosen('splitQuantity', 'Split Quantity Into Single Orders'),
		knownRefusals: lines(
			optionText(context, options.knownRefusals, 'Known Refusals', itemIndex) ?? '',
		),
		checks: {
			maximumUnitPrice: amount('maximumUnitPrice', 'Maximum Unit Price'),
			mustBeOnSale: isChosen('mustBeOnSale', 'Plan Must Be On Sale') || undefined,
			expectedName:
				'expectedPlanName' in options
					? expectedName(context, options.expectedPlanName, itemIndex)
					: undefined,
			keepBalanceAbove: amount('keepBalanceAbove', 'Keep Balance Above'),
			requireActivationDate:
				isChosen('requireActivationDate', 'Require Activation Date') || undefined,
		},
	};
}

const lines = (text: string): string[] =>
	text
		.split(/[\r\n]+/)
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** A name that was asked for must not vanish because an expression found nothing. */
function expectedName(context: IExecuteFunctions, value: unknown, itemIndex: number): string {
	const name = optionText(context, value, 'Expected Plan Name', itemIndex);
	if (name !== undefined) return name;
	throw refusal(
		context,
		itemIndex,
		'The option "Expected Plan Name" is empty. Remove the option if the name is not to be checked',
	);
}

/** How many orders may be on their way at once, for the whole run. */
export const concurrentOrders = (context: IExecuteFunctions): number =>
	wholeNumber(
		context,
		orderSettings(context, 0).concurrentOrders ?? 1,
		'Concurrent Orders',
		[1, MOST_AT_ONCE],
		0,
	);
