import { DateTime } from 'luxon';
import type { INodeExecutionData } from 'n8n-workflow';

import { flat, flatNames } from '../shared/answers/flat';
import { hasValue } from '../shared/push/believe/verdict';
import { howFor } from '../shared/push/believe/verify';
import type { AcceptedEsim } from '../shared/push/decide';
import type { TriggerSettings } from './settings';

/**
 * One item per eSIM, with what is known of its push beside its fields.
 *
 * @param nested with the activation code as an object of its own, as version 1 of the trigger has it
 */
export function itemsOf(
	accepted: AcceptedEsim[],
	{ simplify, verifyBy }: TriggerSettings,
	nested: boolean,
): INodeExecutionData[] {
	const receivedAt = DateTime.utc().toISO();
	return accepted.map((one) => {
		const { esim, sources, leftOut = esim.leftOut, attempt } = one;
		const { shown, unconfirmed } = simplify ? simplified(one, nested) : asItCame(one);
		const push = {
			received_at: receivedAt,
			verified_by: howFor(verifyBy, esim),
			attempt_seen: attempt,
			unconfirmed,
			...(leftOut.length > 0 && { left_out: leftOut }),
			...(sources && { sources }),
		};
		return { json: { ...shown, push } };
	});
}

function simplified({ item, unconfirmed }: AcceptedEsim, nested: boolean) {
	if (nested) return { shown: item, unconfirmed: unconfirmed.item };
	const shown = flat(item);
	return {
		shown,
		unconfirmed: flatNames(unconfirmed.item).filter((name) => hasValue(shown[name])),
	};
}

const asItCame = ({ esim: { topupId, deviceId }, raw, unconfirmed }: AcceptedEsim) => ({
	shown: { ...raw, topup_id: topupId, device_id: deviceId },
	unconfirmed: unconfirmed.raw,
});
