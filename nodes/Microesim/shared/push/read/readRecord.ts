import type { IDataObject } from 'n8n-workflow';

import { canonicalCode } from '../../answers/activationCode';
import { readOrder } from '../../answers/esims';
import { listOf } from '../../answers/shapes';
import { saidOrNull, textOrNull } from '../../answers/text';
import { areOfOtherLength } from '../whoseCode';
import { costOf, MOST_ESIMS, MOST_VALUES } from './limits';
import { hasTwoNames, lackingIds, narrow, underOneName, withLists } from './lists';
import { shapeEsim, type NotReady, type PushedEsim } from './oneEsim';

/**
 * What one object of a push says of an eSIM: it is ready; it has no usable code (open); nobody knows which of the codes
 * is its own (mixedUp); it names none at all, perhaps in an order that it names (unnamed).
 */
export type Read =
	| { kind: 'ready'; esim: PushedEsim }
	| ({ kind: 'open'; esim: PushedEsim } & NotReady)
	| MixedUp
	| Unnamed;

type MixedUp = { kind: 'mixedUp'; esim: PushedEsim } & NotReady;

export interface Unnamed {
	kind: 'unnamed';
	reason: string;
	/** The orders that are named; empty where there is none. */
	topupIds: string[];
}

/** IDs are opaque; what could be none, or is a program's word for nothing, is not asked for. */
const PLAUSIBLE_ID = /^(?!(?:null|undefined|none|nan)$)[\w.:-]{1,64}$/i;

export const TOO_MANY_ESIMS = `it names more than ${MOST_ESIMS} eSIMs`;
export const TOO_MANY_FIELDS = 'it has too many fields';
const UNDER_TWO_NAMES = 'it has eSIMs under two names (device_id, device_ids)';
const NO_ESIM = 'it names no eSIM (device_id)';

const unnamed = (reason: string, topupIds: string[] = []): Unnamed => ({
	kind: 'unnamed',
	reason,
	topupIds,
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
	const { orders, orderOf, fault } = ordersIn(fields, isUnordered);
	if (fault !== undefined) return [unnamed(fault, orders)];
	if (count === 0) return [unnamed(NO_ESIM, orders)];
	if (count > MOST_ESIMS) return [unnamed(TOO_MANY_ESIMS, orders)];
	if (count * costOf(fields) > MOST_VALUES) return [unnamed(TOO_MANY_FIELDS, orders)];
	const lacking = lackingIds(lists);
	const reason = hasTwoNames(lists) ? UNDER_TWO_NAMES : mixUpIn(fields, isUnordered);
	const named = listOf(fields.device_id).length;
	const reads = Array.from({ length: count }, (_, index) => index).flatMap((index): Read[] => {
		const own = narrow(fields, index, count);
		const topupId = orderOf(index);
		const deviceId = saidOrNull(own.device_id);
		// A place with neither is no eSIM: lists may begin at 1, and that of the links may be longer.
		if (deviceId === null && saidOrNull(own.lpa_str) === null) return [];
		if (deviceId === null) return [unnamed(NO_ESIM, [topupId])];
		if (!PLAUSIBLE_ID.test(deviceId))
			return [unnamed('its eSIM ID (device_id) can be none', [topupId])];
		const { esim, notReady } = shapeEsim(topupId, deviceId, own, named);
		if (reason !== undefined) return [mixedUp(esim, reason)];
		return notReady ? [{ kind: 'open', esim, ...notReady }] : [{ kind: 'ready', esim }];
	});
	const others = lacking.map((deviceId) =>
		orders.length === 1 && PLAUSIBLE_ID.test(deviceId)
			? mixedUp(shapeEsim(orders[0]!, deviceId, {}).esim, UNDER_TWO_NAMES)
			: unnamed(UNDER_TWO_NAMES, orders),
	);
	const all = [...reads, ...others];
	const isMissing = all.length === 0 || codesIn(fields) > all.length;
	return isMissing ? [...all, unnamed(NO_ESIM, orders)] : all;
}

/** How many eSIMs the codes are of. */
const codesIn = ({ lpa_str }: IDataObject): number =>
	new Set(
		listOf(lpa_str)
			.flatMap((code) => saidOrNull(code) ?? [])
			.map(canonicalCode),
	).size;

interface Orders {
	orders: string[];
	/** The order of an eSIM: one for all of them, or one for each, side by side with the eSIMs. */
	orderOf: (index: number) => string;
	fault?: string;
}

function ordersIn({ topup_id, device_id }: IDataObject, isUnordered: boolean): Orders {
	const ids = listOf(topup_id).map(textOrNull);
	const orders = [...new Set(ids.filter((id) => id !== null))];
	const orderOf = (index: number) => (orders.length === 1 ? orders[0] : ids[index]) ?? '';
	const isPerEsim = ids.length === listOf(device_id).length && !ids.includes(null) && !isUnordered;
	if (orders.length === 0) return { orders, orderOf, fault: 'it names no order (topup_id)' };
	if (!orders.every((id) => PLAUSIBLE_ID.test(id)))
		return { orders: [], orderOf, fault: 'its order ID (topup_id) can be none' };
	if (orders.length === 1 || isPerEsim) return { orders, orderOf };
	return { orders, orderOf, fault: 'it names more than one order' };
}

/** Why the codes cannot be told apart; one ID with one code needs no telling. */
function mixUpIn({ device_id, lpa_str }: IDataObject, isUnordered: boolean): string | undefined {
	const longest = Math.max(listOf(device_id).length, listOf(lpa_str).length);
	if (isUnordered && longest > 1) {
		return 'it has a file for each entry of its lists, and n8n does not keep those in order';
	}
	return areOfOtherLength(device_id, lpa_str)
		? 'it has another number of activation codes than of eSIMs'
		: undefined;
}

/** An eSIM of which no code in the push may be its own. */
export const mixedUp = (esim: PushedEsim, reason: string): MixedUp => ({
	kind: 'mixedUp',
	esim: { ...esim, isMixedUp: true, item: { ...esim.item, lpa_str: null } },
	reason,
	mayChange: true,
});
