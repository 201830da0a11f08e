import { chinaTime } from '../formats';
import type { Esim, Order } from '../orders/order';
import type { PushSettings } from './types';

type Fields = Record<string, unknown>;

/** What a push says, before it is written down: `inner` stands bare, or wrapped when the shape says so. */
export interface PushContent {
	inner: Fields | Fields[];
	/** All of it, as JSON holds it. */
	whole: unknown;
}

type EsimField = Exclude<
	keyof Esim,
	'eid' | 'operator_iccid' | 'downloadAfterMs' | 'kilobytesPerHour' | 'terminatedAt'
>;

/**
 * What a push for these eSIMs of an order says (API document: topupDetail-async); `changes` replace, add or, when undefined,
 * remove fields.
 */
export function pushContent(
	order: Order,
	esims: readonly Esim[],
	options: PushSettings,
	changes: Fields = {},
): PushContent {
	const said = (some: readonly Esim[]) => ({ ...pushFields(order, some, options), ...changes });
	const inner = options.esimsAs === 'objects' ? esims.map((esim) => said([esim])) : said(esims);
	const { shape } = options;
	return { inner, whole: shape === 'flat' ? inner : { code: 1, msg: 'Success', [shape]: inner } };
}

/**
 * `number` counts the eSIMs of this push, as in the document, whose example says "1" beside a topup_id that topupDetail
 * shows with two.
 */
function pushFields(order: Order, esims: readonly Esim[], options: PushSettings): Fields {
	const asList = options.esimsAs === 'lists' && (options.lists || esims.length !== 1);
	const each = (field: EsimField) => (asList ? esims.map((esim) => esim[field]) : esims[0]![field]);
	const optional = options.optionalFields;
	const deviceId = asList && options.listNames === 'plural' ? 'device_ids' : 'device_id';
	return {
		topup_id: order.topup_id,
		number: options.numberAs === 'number' ? esims.length : String(esims.length),
		...(optional ? { create_time: chinaTime(order.bookedAt) } : {}),
		[deviceId]: each('device_id'),
		lpa_str: each('lpa_str'),
		qrcode: each('qrcode'),
		ios_esim_install_link: each('ios_esim_install_link'),
		...(optional
			? {
					android_esim_install_link: each('android_esim_install_link'),
					msisdn: each('msisdn'),
					cf_code: each('cf_code'),
				}
			: {}),
	};
}
