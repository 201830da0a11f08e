import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ENDINGS, type Markup } from '../../shared/catalogue/salesPrice';
import { refusal } from '../../shared/errors/refusal';
import { AMOUNTS, type NumberRange } from '../../shared/numberRange';
import { numberWithin, oneOf, optionText } from '../../shared/parameters';
import { PERCENT, RATES } from './findBestFields';

/** How a sales price is made, and its currency where it is not that of the plan. */
export interface Pricing extends Markup {
	currency?: string;
}

/**
 * @returns undefined where no sales price is asked for
 * @throws NodeOperationError that names the field whose value makes no sense
 */
export function readPricing(context: IExecuteFunctions, itemIndex: number): Pricing | undefined {
	const given = context.getNodeParameter('pricing', itemIndex, {}) as IDataObject;
	if (Object.keys(given).length === 0) return undefined;
	const number = (name: string, label: string, range: NumberRange, usual: number) =>
		numberWithin(context, given[name] ?? usual, label, range, itemIndex, 'field');
	const currency = optionText(context, given.currency, 'Sales Currency', itemIndex, 'field');
	if (currency !== undefined && given.rate === undefined) {
		throw refusal(
			context,
			itemIndex,
			`A sales price in ${currency} needs an Exchange Rate`,
			'Add "Exchange Rate": how much of the sales currency one unit of the currency of the plan is. It is 1 where both are the same.',
		);
	}
	return {
		currency,
		percent: number('percent', 'Margin (Percent)', PERCENT, 0),
		fixed: number('fixed', 'Fixed Margin', AMOUNTS, 0),
		rate: number('rate', 'Exchange Rate', RATES, 1),
		ending: oneOf(context, given.ending ?? 'cent', 'Round Up To', ENDINGS, itemIndex),
	};
}
