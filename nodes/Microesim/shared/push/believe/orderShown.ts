import type { IDataObject } from 'n8n-workflow';

import { mayBeCode } from '../../answers/activationCode';
import { readOrder, type Order } from '../../answers/esims';
import { numberOrNull } from '../../answers/numbers';
import { listOf, recordOf } from '../../answers/shapes';
import { hasTwoNames, underOneName } from '../read/lists';
import { areOfOtherLength, whichAreSure, type Claim } from '../whoseCode';

/** What topupDetail shows of an order, as far as it tells whose each activation code is. */
export interface OrderShown {
	order: Order;
	/** What it answered, each list under the name of one eSIM's field. */
	fields: IDataObject;
	/** Places in the order of the eSIMs whose codes are their own, by device ID. */
	places: Map<string, number>;
	/** Each eSIM is there with its own code: the answer will be the same a moment later. */
	isFinal: boolean;
}

/** All eSIMs of a push share one answer about their order: it is read once. */
const read = new WeakMap<object, OrderShown>();

/**
 * Reads an order that may still be made: lists grow at different times, so that a code stands beside another eSIM than
 * its own. What does not tell whose it is counts as not there yet.
 *
 * @param result what topupDetail answered
 * @see API document, topupDetail; entry N of each list describes eSIM N
 */
export function readShown(result: unknown, topupId: string): OrderShown {
	const answer = recordOf(result);
	const known = read.get(answer);
	if (known) return known;
	const shown = readAnswer(answer, topupId);
	read.set(answer, shown);
	return shown;
}

function readAnswer(answer: object, topupId: string): OrderShown {
	const given = answer as IDataObject;
	const fields = underOneName(given);
	const order = readOrder(fields, topupId);
	const claims = order.esims.map(({ device_id, lpa_str }): Claim | undefined =>
		device_id !== null && lpa_str !== null && mayBeCode(lpa_str)
			? { esim: device_id, deviceId: device_id, code: lpa_str }
			: undefined,
	);
	const isSure = whichAreSure(claims.filter((claim) => claim !== undefined));
	const places = new Map<string, number>();
	for (const [index, claim] of !hasTwoNames(given) && isInStep(order, fields)
		? claims.entries()
		: []) {
		if (claim && isSure(claim)) places.set(claim.deviceId, index);
	}
	const isFinal = order.delivered && order.esims.every(({ device_id }) => places.has(device_id!));
	return { order, fields, places, isFinal };
}

/** Whether the lists of IDs and of codes belong together entry by entry, and are as long as they will be. */
function isInStep({ esims, wanted, fields: whole }: Order, fields: IDataObject): boolean {
	const { length } = listOf(fields.device_id);
	return (
		!areOfOtherLength(fields.device_id, fields.lpa_str) &&
		esims.every(({ device_id, lpa_str }) => device_id !== null || lpa_str === null) &&
		(length === wanted || length === numberOrNull(whole.success_number))
	);
}
