import { DateTime } from 'luxon';
import type { INodeExecutionData } from 'n8n-workflow';

import { howFor } from '../shared/push/believe/verify';
import type { AcceptedEsim } from '../shared/push/decide';
import type { TriggerSettings } from './settings';

/** One item per eSIM, with what is known of its push beside its fields. */
export function itemsOf(
	accepted: AcceptedEsim[],
	{ simplify, verifyBy }: TriggerSettings,
): INodeExecutionData[] {
	const receivedAt = DateTime.utc().toISO();
	return accepted.map(
		({ esim, item, raw, sources, unconfirmed, leftOut = esim.leftOut, attempt }) => {
			const { topupId, deviceId } = esim;
			const by = howFor(verifyBy, esim);
			const push = {
				received_at: receivedAt,
				verified_by: by,
				attempt_seen: attempt,
				unconfirmed: simplify ? unconfirmed.item : unconfirmed.raw,
				...(leftOut.length > 0 && { left_out: leftOut }),
				...(sources && { sources }),
			};
			const shown = simplify ? item : { ...raw, topup_id: topupId, device_id: deviceId };
			return { json: { ...shown, push } };
		},
	);
}
