import type { IDataObject } from 'n8n-workflow';

import { activationCodeOrNull } from './activationCode';
import { inColumns } from './columns';
import { numberOrNull } from './numbers';
import { isObject, listOf, recordOf, withUnknown } from './shapes';
import { textOrNull } from './text';
import { vendorTime } from './times';

/** The parallel lists of topupDetail, with the name their entries get on one eSIM. */
const LISTS = {
	device_ids: 'device_id',
	lpa_str: 'lpa_str',
	qrcode: 'qrcode',
	ios_esim_install_link: 'ios_esim_install_link',
	android_esim_install_link: 'android_esim_install_link',
	msisdn: 'msisdn',
	cf_code: 'cf_code',
	operator_iccids: 'operator_iccid',
} as const;

type ListName = keyof typeof LISTS;
type EsimField = (typeof LISTS)[ListName];

/** The names under which the fields of eSIMs come, one by one or as lists. */
export const LIST_NAMES: ReadonlySet<string> = new Set([
	...Object.keys(LISTS),
	...Object.values(LISTS),
]);

/** Lists whose entries have another name on one eSIM, with that name. */
export const RENAMED: ReadonlyArray<readonly [string, string]> = Object.entries(LISTS).filter(
	([list, field]) => list !== field,
);

/** The values of one eSIM, null where MicroeSIM has not filled them yet. */
export type Esim = Record<EsimField, string | null>;

/** An order as topupDetail shows it, with its parallel lists split into eSIMs. */
export interface Order {
	/** How many eSIMs were bought. */
	wanted: number;
	esims: Esim[];
	/** How many eSIMs have no activation code yet. */
	open: number;
	/** Every eSIM has its activation code. */
	delivered: boolean;
	/** Everything that describes the order as a whole, as it came. */
	fields: Record<string, unknown>;
}

const textsOf = (value: unknown): Array<string | null> =>
	listOf(value).map((entry) => (entry === 'null' ? null : textOrNull(entry)));

/**
 * Splits the parallel lists of an order into eSIMs. Lists of unequal lengths, a scalar where a list belongs,
 * and an answer without a result (all seen while an order is being made) lose nothing.
 *
 * @param result what topupDetail answered
 * @param topupId the order that was asked for: answers without a result do not repeat it
 * @param bought how many eSIMs it must have at least, where that is known
 * @see API document, topupDetail; entry N of each list describes eSIM N
 */
export function readOrder(result: unknown, topupId: string, bought = 1): Order {
	const given = recordOf(result);
	const order: Record<string, unknown> = {
		...given,
		topup_id: textOrNull(given.topup_id) ?? topupId,
	};
	const names = Object.keys(LISTS) as ListName[];
	const lists = names.map((name) => {
		const list = textsOf(order[name]);
		// A single eSIM may come under the name that its field has there.
		return [
			LISTS[name],
			list.some((entry) => entry !== null) ? list : textsOf(order[LISTS[name]]),
		] as const;
	});
	const filled = Math.max(
		0,
		...lists.map(([, list]) => list.findLastIndex((entry) => entry !== null) + 1),
	);
	const wanted = Math.max(numberOrNull(order.number) ?? bought, filled, bought);
	const esims = Array.from({ length: filled }, (_, index) =>
		Object.fromEntries(lists.map(([field, list]) => [field, list[index] ?? null])),
	) as Esim[];
	const open = wanted - esims.filter(({ lpa_str }) => lpa_str !== null).length;
	const fields = Object.fromEntries(
		Object.entries(order).filter(([name]) => !LIST_NAMES.has(name)),
	);
	return { wanted, esims, open, delivered: open === 0, fields };
}

/** The fields every item of an order carries, with typed values. */
function simplifyOrder({ fields, delivered, open, wanted }: Order): IDataObject {
	const known: IDataObject = {
		topup_id: textOrNull(fields.topup_id),
		number: wanted,
		success_number: numberOrNull(fields.success_number),
		channel_dataplan_id: textOrNull(fields.channel_dataplan_id),
		channel_dataplan_name: textOrNull(fields.channel_dataplan_name),
		create_time: vendorTime(fields.create_time),
		type: textOrNull(fields.type),
		delivered,
		esims_open: open,
	};
	return withUnknown(known, fields);
}

/** One eSIM with its activation code taken apart. */
export const simplifyEsim = (esim: Esim): IDataObject => ({
	...esim,
	activation_code: activationCodeOrNull(esim.lpa_str) as unknown as IDataObject,
});

const NO_ESIM = Object.fromEntries(Object.values(LISTS).map((field) => [field, null])) as Esim;

/** One item per eSIM; an order that has none yet is one item with empty eSIM fields. */
export function itemPerEsim(order: Order): IDataObject[] {
	const esims = order.esims.length > 0 ? order.esims : [NO_ESIM];
	return esims.map((esim) => inColumns({ ...simplifyOrder(order), ...simplifyEsim(esim) }));
}

/** One item for the order, its eSIMs as a list in `esims`. */
export const itemPerOrder = (order: Order): IDataObject =>
	inColumns({ ...simplifyOrder(order), esims: order.esims.map(simplifyEsim) });

/**
 * What topupDetail answered, as items.
 *
 * @param simplified off gives the result untouched
 * @param perOrder one item for the order instead of one per eSIM
 */
export function orderItems(
	topupId: string,
	result: unknown,
	simplified: boolean,
	perOrder: boolean,
): IDataObject[] {
	if (!simplified) return [rawOrder(topupId, result)];
	const order = readOrder(result, topupId);
	return perOrder ? [itemPerOrder(order)] : itemPerEsim(order);
}

/** Untouched, except that the order's id is never missing, and that an item must be an object. */
function rawOrder(topupId: string, result: unknown): IDataObject {
	if (!isObject(result) || Array.isArray(result)) {
		return { topup_id: topupId, ...(result !== undefined && { result: result as IDataObject }) };
	}
	return 'topup_id' in result ? (result as IDataObject) : { topup_id: topupId, ...result };
}
