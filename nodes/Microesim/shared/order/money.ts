import type { IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { recordOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';
import { ENDPOINTS } from '../transport/endpoints';
import { request } from '../transport/request';

/** What accountBalance tells; null where it does not. */
export interface Account {
	balance: number | null;
	currency: string | null;
}

/**
 * What the account has now.
 *
 * @see API document, accountBalance
 * @throws NodeApiError where MicroeSIM does not say so
 */
export async function readAccount(context: IExecuteFunctions, itemIndex: number): Promise<Account> {
	const { result } = await request(context, ENDPOINTS.balance, {}, itemIndex);
	const { balance, currency } = recordOf(result);
	return { balance: numberOrNull(balance), currency: textOrNull(currency) };
}
