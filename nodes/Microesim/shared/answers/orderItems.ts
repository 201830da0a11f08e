import type { IDataObject } from 'n8n-workflow';

import { activationCodeOrNull } from './activationCode';
import { inColumns } from './columns';
import { NO_ESIM, readOrder, type Esim, type Order } from './esims';
import { flat } from './flat';
import { numberOrNull } from './numbers';
import { isObject, withUnknown } from './shapes';
import { textOrNull } from './text';
import { vendorTime } from './times';

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
const simplifyEsim = (esim: Esim): IDataObject => ({
	...esim,
	activation_code: activationCodeOrNull(esim.lpa_str) as unknown as IDataObject,
});

/** One item per eSIM; an order that has none yet is one item with empty eSIM fields. */
export function itemPerEsim(order: Order): IDataObject[] {
	const esims = order.esims.length > 0 ? order.esims : [NO_ESIM];
	return esims.map((esim) => inColumns({ ...simplifyOrder(order), ...simplifyEsim(esim) }));
}

/** One item for the order, its eSIMs as a list in `esims`. */
export const itemPerOrder = (order: Order): IDataObject =>
	inColumns({ ...simplifyOrder(order), esims: order.esims.map(simplifyEsim) });

/** How an order is put out. */
export interface OrderShape {
	/** Off gives the result untouched. */
	simplified: boolean;
	/** One item for the order instead of one per eSIM. */
	perOrder: boolean;
	/** The activation code as an object of its own, as version 1 of the node has it. */
	nested: boolean;
}

/** What topupDetail answered, as items. */
export function orderItems(
	topupId: string,
	result: unknown,
	{ simplified, perOrder, nested }: OrderShape,
): IDataObject[] {
	if (!simplified) return [rawOrder(topupId, result)];
	const order = readOrder(result, topupId);
	const items = perOrder ? [itemPerOrder(order)] : itemPerEsim(order);
	return nested ? items : items.map(flat);
}

/** Untouched, except that the order's id is never missing, and that an item must be an object. */
function rawOrder(topupId: string, result: unknown): IDataObject {
	if (!isObject(result) || Array.isArray(result)) {
		return { topup_id: topupId, ...(result !== undefined && { result: result as IDataObject }) };
	}
	return 'topup_id' in result ? (result as IDataObject) : { topup_id: topupId, ...result };
}
