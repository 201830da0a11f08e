import type { IDataObject } from 'n8n-workflow';

import { readOrder } from '../../answers/esims';
import { listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { MOST_ESIMS, MOST_VALUES } from './limits';
import { lacksIds, narrow, shapeEsim, underOneName, withLists, type PushedEsim } from './oneEsim';

/**
 * What one object of a push says of an eSIM: it is ready; it has no usable code (open); nobody knows which of the codes
 * is its own (mixedUp). A text says why it names none at all.
 */
export type Read =
	| { kind: 'ready'; esim: PushedEsim }
	| { kind: 'open'; esim: PushedEsim; reason: string }
	| { kind: 'mixedUp'; esim: PushedEsim; reason: string }
	| string;

/** IDs are opaque; what could be none is not asked for. */
const PLAUSIBLE_ID = /^[\w.:-]{1,64}$/;

export const TOO_MANY_ESIMS = `it names more than ${MOST_ESIMS} eSIMs`;
const UNDER_TWO_NAMES = 'it has eSIMs under two names (device_id, device_ids)';
export const TOO_MANY_FIELDS = 'it has too many fields';

/**
 * The eSIMs that one object describes, flat or in lists with an entry per eSIM.
 *
 * @param isUnordered whether the order of lists is lost
 */
export function readRecord(given: IDataObject, isUnordered: boolean): Read[] {
	const lists = withLists(given);
	const fields = underOneName(lists);
	const topupIds = listOf(fields.topup_id).map(textOrNull);
	const topupId = topupIds[0] ?? null;
	if (topupId === null) return ['it names no order (topup_id)'];
	if (topupIds.some((id) => id !== topupId)) return ['it names more than one order'];
	if (!PLAUSIBLE_ID.test(topupId)) return ['its order ID (topup_id) can be none'];
	const count = readOrder({ ...fields, topup_id: topupId }, topupId).esims.length;
	if (count === 0) return ['it names no eSIM (device_id)'];
	if (count > MOST_ESIMS) return [TOO_MANY_ESIMS];
	if (count * Object.keys(fields).length > MOST_VALUES) return [TOO_MANY_FIELDS];
	const reason = count > 1 ? mixUpIn(fields, isUnordered) : undefined;
	const named = listOf(fields.device_id).length;
	const reads = Array.from({ length: count }, (_, index) => index).flatMap((index): Read[] => {
		const own = narrow(fields, index, count);
		const deviceId = textOrNull(own.device_id);
		// A list of links may be longer than that of the eSIMs.
		if (named > 0 && index >= named && textOrNull(own.lpa_str) === null) return [];
		if (deviceId === null || deviceId === 'null') return ['it names no eSIM (device_id)'];
		if (!PLAUSIBLE_ID.test(deviceId)) return ['its eSIM ID (device_id) can be none'];
		const { esim, fault } = shapeEsim(topupId, deviceId, own);
		if (reason !== undefined) return [{ kind: 'mixedUp', esim: withoutCode(esim), reason }];
		if (fault !== undefined) return [{ kind: 'open', esim, reason: fault }];
		return [{ kind: 'ready', esim }];
	});
	// More codes than eSIMs name no further one.
	const used = reason === undefined ? reads : reads.filter((read) => typeof read !== 'string');
	return lacksIds(lists) ? [...used, UNDER_TWO_NAMES] : used;
}

/** Why the codes in lists cannot be told apart. */
function mixUpIn(fields: IDataObject, isUnordered: boolean): string | undefined {
	if (isUnordered) {
		return 'it has a file for each entry of its lists, and n8n does not keep those in order';
	}
	const codes = listOf(fields.lpa_str).length;
	if (codes === 0 || codes === listOf(fields.device_id).length) return undefined;
	return 'it has another number of activation codes than of eSIMs';
}

/** No code in the push may be its own. */
export const withoutCode = (esim: PushedEsim): PushedEsim => ({
	...esim,
	isMixedUp: true,
	item: { ...esim.item, lpa_str: null },
});
