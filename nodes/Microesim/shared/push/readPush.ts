import type { IDataObject } from 'n8n-workflow';

import { itemPerEsim, readOrder } from '../answers/esims';
import { isObject, listOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';
import { parseExactJson } from '../transport/envelope';

/** One eSIM of a push: its identity, and its fields under the names of Order → Get. */
export interface PushedEsim {
	topupId: string;
	deviceId: string;
	item: IDataObject;
	/** The same, as it came. */
	raw: IDataObject;
}

/** What a body came to: eSIMs, or the reason why it is no push. */
export type PushBody = { esims: PushedEsim[] } | { fault: string };

/** A push describes one order; MicroeSIM recommends one eSIM per order. */
const MOST_ESIMS = 1000;

const isRecord = (value: unknown): value is IDataObject => isObject(value) && !Array.isArray(value);

/** A field of a form may hold the wrapped object as JSON. */
function objectIn(given: unknown): IDataObject | undefined {
	const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	if (isRecord(value)) return value;
	if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined;
	try {
		const parsed = parseExactJson(value);
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** The document shows the fields flat and wrapped in `data`; answers of the API wrap them in `result`. */
function unwrap(body: IDataObject): IDataObject {
	if (textOrNull(body.topup_id) !== null || Array.isArray(body.topup_id)) return body;
	return objectIn(body.data) ?? objectIn(body.result) ?? bracketed(body) ?? body;
}

/** Forms wrap fields as `data[topup_id]`, too. */
function bracketed(body: IDataObject): IDataObject | undefined {
	const inside = Object.entries(body).flatMap(([name, value]) => {
		const match = /^(?:data|result)\[(\w+)\](?:\[\d*\])?$/.exec(name);
		return match ? [[match[1]!, value] as const] : [];
	});
	return inside.length > 0 ? Object.fromEntries(inside) : undefined;
}

/**
 * Reads a push in any of the shapes the API document leaves open: flat or wrapped in `data` or `result`,
 * scalars or lists. Unknown fields are kept.
 *
 * @param body the parsed body, whatever it is
 * @returns every eSIM with the order it belongs to; a push that names no order, no eSIM or no activation code
 *   has a fault instead
 * @see API document, topupDetail-async
 */
export function readPush(body: unknown): PushBody {
	const given = objectIn(body);
	if (given === undefined) return { fault: 'the body holds no fields' };
	const fields = unwrap(given);
	const topupIds = listOf(fields.topup_id).map(textOrNull);
	const topupId = topupIds[0] ?? null;
	if (topupId === null) return { fault: 'it names no order (topup_id)' };
	if (topupIds.some((id) => id !== topupId)) return { fault: 'it names more than one order' };
	const order = readOrder({ ...fields, topup_id: topupId }, topupId);
	if (order.esims.length === 0) return { fault: 'it names no eSIM (device_id)' };
	if (order.esims.length > MOST_ESIMS) return { fault: `it names more than ${MOST_ESIMS} eSIMs` };
	// A push comes when the order is ready, also where it carries one of several eSIMs.
	const items = itemPerEsim({ ...order, delivered: true, open: 0 });
	const esims = order.esims.map(({ device_id, lpa_str }, index) => ({
		device_id,
		lpa_str,
		item: items[index]!,
	}));
	if (esims.some(({ device_id }) => device_id === null))
		return { fault: 'it names no eSIM (device_id)' };
	if (esims.some(({ lpa_str }) => lpa_str === null))
		return { fault: 'it has no activation code (lpa_str)' };
	return {
		esims: esims.map(({ device_id, item }) => ({
			topupId,
			deviceId: device_id!,
			item,
			raw: fields,
		})),
	};
}
