import type { IDataObject } from 'n8n-workflow';

import { readOrder } from '../../answers/esims';
import { listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { MOST_ESIMS, MOST_VALUES } from './limits';
import { narrow, shapeEsim, withLists, type PushedEsim } from './oneEsim';
import { recordsIn } from './recordsIn';

/** What a body came to: eSIMs, or the reason why it is no push of any. */
export type PushBody = {
	/** eSIMs that are named, but cannot be handed on: each with the reason. */
	open: OpenEsim[];
	/** Why a part of it names nothing that can be asked for again. */
	unnamed?: string;
} & (
	| { esims: PushedEsim[] }
	| {
			fault: string;
			/** Whether it can be taken another time, or with other settings. */
			mayComeAgain: boolean;
	  }
);

/** An eSIM without a usable activation code. */
export interface OpenEsim {
	esim: PushedEsim;
	reason: string;
}

/** IDs are opaque; what could be none is not asked for. */
const PLAUSIBLE_ID = /^[\w.:-]{1,64}$/;

/**
 * Reads a push in any of the shapes the API document leaves open: flat or wrapped in `data` or `result`, scalars,
 * lists or a list of objects. Unknown fields are kept.
 *
 * @param body the parsed body, whatever it is
 * @param isUnordered whether the order of its lists is lost, so that no one knows whose code is whose
 * @returns every eSIM with the order it belongs to; a push without a single one that is ready has a fault instead
 * @see API document, topupDetail-async
 */
export function readPush(body: unknown, isUnordered = false): PushBody {
	const records = recordsIn(body);
	if (!records) return { fault: TOO_MANY_FIELDS, mayComeAgain: false, open: [] };
	if (records.length > MOST_ESIMS) return TOO_MANY;
	const esims: PushedEsim[] = [];
	const open: OpenEsim[] = [];
	let unnamed: string | undefined;
	for (const record of records) {
		for (const read of readRecord(withLists(record))) {
			if (typeof read === 'string') unnamed ??= read;
			else if (isUnordered && hasLists(record)) open.push(withoutCode(read.esim));
			else if (read.fault === undefined) esims.push(read.esim);
			else open.push({ esim: read.esim, reason: read.fault });
		}
	}
	if (esims.length + open.length > MOST_ESIMS) return TOO_MANY;
	if (esims.length > 0) return { esims, open, unnamed };
	const fault = open[0]?.reason ?? unnamed ?? 'it names no order (topup_id)';
	return { fault, mayComeAgain: isUnordered && open.length > 0, open, unnamed };
}

const UNORDERED =
	'it has a file for each entry of its lists, which n8n does not keep in order; "Looking Up the Order" can take it';

const TOO_MANY_FIELDS = 'it has too many fields';

const TOO_MANY: PushBody = {
	fault: `it names more than ${MOST_ESIMS} eSIMs`,
	mayComeAgain: false,
	open: [],
};

/** Any of the codes may be its own. */
const withoutCode = (esim: PushedEsim): OpenEsim => ({
	esim: { ...esim, item: { ...esim.item, lpa_str: null } },
	reason: UNORDERED,
});

const hasLists = (record: IDataObject): boolean =>
	Object.values(record).some((value) => Array.isArray(value) && value.length > 1);

/** The eSIMs of one object; a text says why there is none. */
function readRecord(fields: IDataObject): Array<ReturnType<typeof shapeEsim> | string> {
	const topupIds = listOf(fields.topup_id).map(textOrNull);
	const topupId = topupIds[0] ?? null;
	if (topupId === null) return ['it names no order (topup_id)'];
	if (topupIds.some((id) => id !== topupId)) return ['it names more than one order'];
	if (!PLAUSIBLE_ID.test(topupId)) return ['its order ID (topup_id) can be none'];
	const count = readOrder({ ...fields, topup_id: topupId }, topupId).esims.length;
	if (count === 0) return ['it names no eSIM (device_id)'];
	if (count > MOST_ESIMS) return [`it names more than ${MOST_ESIMS} eSIMs`];
	if (count * Object.keys(fields).length > MOST_VALUES) return [TOO_MANY_FIELDS];
	return Array.from({ length: count }, (_, index) => {
		const own = narrow(fields, index, count);
		const deviceId = textOrNull(own.device_id);
		if (deviceId === null || deviceId === 'null') return 'it names no eSIM (device_id)';
		if (!PLAUSIBLE_ID.test(deviceId)) return 'its eSIM ID (device_id) can be none';
		return shapeEsim(topupId, deviceId, own);
	});
}
