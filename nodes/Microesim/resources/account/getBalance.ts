import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../../shared/answers/numbers';
import { recordOf } from '../../shared/answers/shapes';
import { textOrNull } from '../../shared/answers/text';
import { refusal } from '../../shared/errors/refusal';
import { AMOUNTS } from '../../shared/numberRange';
import { numberWithin, optionsOf } from '../../shared/parameters';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation } from '../operation';

/** An account that may be overdrawn can have a threshold below zero. */
const THRESHOLDS = { from: -AMOUNTS.to, to: AMOUNTS.to };

export const getBalance: Operation = {
	name: 'Get Balance',
	value: 'getBalance',
	action: 'Get account balance',
	subtitle: 'Get balance',
	description: 'Get the balance that orders are paid from',
	fields: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Low Balance Threshold',
					name: 'lowBalanceThreshold',
					type: 'number',
					default: 100,
					typeOptions: { minValue: THRESHOLDS.from, maxValue: THRESHOLDS.to, numberPrecision: 2 },
					description:
						'Adds the field is_low, which is true when the balance is below this amount, in the currency of the account, and is_low_changed, which is true in the first run of an active workflow after the balance crossed it',
				},
			],
		},
	],
	async execute(context, itemIndex) {
		const { lowBalanceThreshold } = optionsOf(context, itemIndex);
		const threshold =
			lowBalanceThreshold === undefined
				? null
				: numberWithin(
						context,
						lowBalanceThreshold,
						'Low Balance Threshold',
						THRESHOLDS,
						itemIndex,
					);
		const { result } = await request(context, ENDPOINTS.balance, {}, itemIndex);
		const account = recordOf(result) as IDataObject;
		const balance = numberOrNull(account.balance);
		const json = { ...account, balance };
		if (threshold === null) return [{ json }];
		if (balance === null) {
			throw refusal(
				context,
				itemIndex,
				'MicroeSIM answered without a balance, so it cannot be compared with the threshold',
				'Try again. If it stays so, ask MicroeSIM whether the account has a balance at all.',
			);
		}
		const isLow = balance < threshold;
		return [
			{
				json: { ...json, threshold, is_low: isLow, is_low_changed: remember(context, json, isLow) },
			},
		];
	},
};

/**
 * Keeps in the workflow's static data whether the account was low, so that an alert comes once and not at
 * every run. n8n saves that data for runs of active workflows only.
 *
 * @returns whether it was different the last time; a first run counts as a change when the balance is low
 */
function remember(context: IExecuteFunctions, account: IDataObject, isLow: boolean): boolean {
	const memory = context.getWorkflowStaticData('node');
	const wasLow = (memory.low ?? {}) as Record<string, boolean>;
	const name = textOrNull(account.account) ?? '';
	const changed = isLow !== (wasLow[name] ?? false);
	memory.low = { ...wasLow, [name]: isLow };
	return changed;
}
