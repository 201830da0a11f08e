import type { IWebhookFunctions } from 'n8n-workflow';

import { kindOf } from '../../answers/text';
import type { PushedEsim } from '../read/oneEsim';
import { lookUpEsim } from './lookUp';
import { lookUpOrder } from './lookUpOrder';
import { unconfirmedIn, type Verdict } from './verdict';

/** How pushes are checked before they are believed. `nothing` is what `token` was in 0.1. */
export type VerifyBy = 'lookup' | 'order' | 'signature' | 'token' | 'nothing';

const CONFIRMS_NOTHING: ReadonlySet<string> = new Set();

/** Where nobody knows which code of the push is its own, the order itself is asked, wherever MicroeSIM is asked at all. */
export const howFor = (verifyBy: VerifyBy, { isMixedUp }: PushedEsim): VerifyBy =>
	isMixedUp && asksMicroesim(verifyBy) ? 'order' : verifyBy;

/** Whether the user lets pushes be checked at MicroeSIM. */
export const asksMicroesim = (verifyBy: VerifyBy): boolean =>
	verifyBy === 'lookup' || verifyBy === 'order';

/**
 * Checks an eSIM of a push; the sender was checked before.
 *
 * @param deadline milliseconds since 1970
 * @throws NodeOperationError for a credential that cannot be used
 */
export async function verify(
	context: IWebhookFunctions,
	verifyBy: VerifyBy,
	esim: PushedEsim,
	deadline: number,
): Promise<Verdict> {
	switch (howFor(verifyBy, esim)) {
		case 'lookup':
			return await lookUpEsim(context, esim, deadline);
		case 'order':
			return await lookUpOrder(context, esim, deadline);
		case 'signature':
		case 'token':
		case 'nothing': {
			const { item, raw } = esim;
			return { kind: 'believed', item, raw, unconfirmed: unconfirmedIn(esim, CONFIRMS_NOTHING) };
		}
		default:
			return {
				kind: 'denied',
				reason: `"Verify Push By" holds "${kindOf(verifyBy)}", which is none of its choices`,
			};
	}
}
