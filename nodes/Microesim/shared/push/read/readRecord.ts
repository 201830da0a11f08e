import type { IDataObject } from 'n8n-workflow';

import { readOrder } from '../../answers/esims';
import { listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { areOfOtherLength } from '../whoseCode';
import { MOST_ESIMS, MOST_VALUES } from './limits';
import { lacksIds, narrow, only, underOneName, withLists } from './lists';
import { shapeEsim, type NotReady, type PushedEsim } from './oneEsim';

/**
 * What one object of a push says of an eSIM: it is ready; it has no usable code (open); nobody knows which of the codes
 * is its own (mixedUp); it names none at all, perhaps in an order that it names (unnamed).
 */
export type Read =
	| { kind: 'ready'; esim: PushedEsim }
	| ({ kind: 'open'; esim: PushedEsim } & NotReady)
	| ({ kind: 'mixedUp'; esim: PushedEsim } & NotReady)
	| Unnamed;

export interface Unnamed {
	kind: 'unnamed';
	reason: string;
	topupId?: string;
}

/** IDs are opaque; what could be none, or is a program's word for nothing, is not asked for. */
const PLAUSIBLE_ID = /^(?!(?:null|undefined|none|nan)$)[\w.:-]{1,64}$/i;

export const TOO_MANY_ESIMS = `it names more than ${MOST_ESIMS} eSIMs`;
export const TOO_MANY_FIELDS = 'it has too many fields';
const UNDER_TWO_NAMES = 'it has eSIMs under two names (device_id, device_ids)';
const NO_ESIM = 'it names no eSIM (device_id)';

const unnamed = (reason: string, topupId?: string): Unnamed => ({
	kind: 'unnamed',
	reason,
	...(topupId !== undefined && { topupId }),
});

/**
 * The eSIMs that one object describes, flat or in lists with an entry per eSIM.
 *
 * @param isUnordered whether the order of lists is lost
 */
export function readRecord(given: IDataObject, isUnordered: boolean): Read[] {
	const lists = withLists(given);
	const fields = underOneName(lists);
	const count = readOrder(fields, '').esims.length;
	const order = orderIn(fields, isUnordered);
	if (typeof order === 'string') return [unnamed(order)];
	if (count === 0) return [unnamed(NO_ESIM, order.of(0))];
	if (count > MOST_ESIMS) return [unnamed(TOO_MANY_ESIMS)];
	if (count * Object.keys(fields).length > MOST_VALUES) return [unnamed(TOO_MANY_FIELDS)];
	const reason = count > 1 ? mixUpIn(fields, isUnordered) : undefined;
	const named = listOf(fields.device_id).length;
	const reads = Array.from({ length: count }, (_, index) => index).flatMap((index): Read[] => {
		const own = narrow(fields, index, count);
		const topupId = order.of(index);
		const deviceId = textOrNull(own.device_id);
		// A list of links may be longer than that of the eSIMs.
		if (named > 0 && index >= named && textOrNull(own.lpa_str) === null) return [];
		if (deviceId === null) return [unnamed(NO_ESIM, topupId)];
		if (!PLAUSIBLE_ID.test(deviceId))
			return [unnamed('its eSIM ID (device_id) can be none', topupId)];
		const { esim, notReady } = shapeEsim(topupId, deviceId, own, named);
		if (reason !== undefined)
			return [{ kind: 'mixedUp', esim: withoutCode(esim), reason, mayChange: true }];
		return notReady ? [{ kind: 'open', esim, ...notReady }] : [{ kind: 'ready', esim }];
	});
	// More codes than eSIMs name no further one.
	const used = reason === undefined ? reads : reads.filter(({ kind }) => kind !== 'unnamed');
	return lacksIds(lists) ? [...used, unnamed(UNDER_TWO_NAMES, order.of(0))] : used;
}

/** The order of each eSIM: one for all of them, or one for each, side by side with the eSIMs. */
function orderIn(
	{ topup_id, device_id }: IDataObject,
	isUnordered: boolean,
): string | { of: (index: number) => string } {
	const ids = listOf(topup_id).map((id) => textOrNull(only(id)));
	const [first, ...others] = new Set(ids.filter((id) => id !== null));
	if (first === undefined) return 'it names no order (topup_id)';
	if (![first, ...others].every((id) => PLAUSIBLE_ID.test(id)))
		return 'its order ID (topup_id) can be none';
	if (others.length === 0) return { of: () => first };
	const isPerEsim = ids.length === listOf(device_id).length && !ids.includes(null) && !isUnordered;
	return isPerEsim ? { of: (index) => ids[index] ?? first } : 'it names more than one order';
}

/** Why the codes in lists cannot be told apart. */
function mixUpIn(fields: IDataObject, isUnordered: boolean): string | undefined {
	if (isUnordered) {
		return 'it has a file for each entry of its lists, and n8n does not keep those in order';
	}
	return areOfOtherLength(fields.device_id, fields.lpa_str)
		? 'it has another number of activation codes than of eSIMs'
		: undefined;
}

/** No code in the push may be its own. */
export const withoutCode = (esim: PushedEsim): PushedEsim => ({
	...esim,
	isMixedUp: true,
	item: { ...esim.item, lpa_str: null },
});
