import { writeJson } from '../answers';
import { chinaTime } from '../formats';
import type { Esim, Order } from '../orders/order';
import type { PushOptions } from './types';

export interface PushBody {
	contentType: string;
	bytes: Buffer;
}

/**
 * The fields of a push for these eSIMs of an order (API document: topupDetail-async). `number` counts the eSIMs of this push,
 * as in the document, whose example says "1" beside a topup_id that topupDetail shows with two.
 */
export function pushFields(
	order: Order,
	esims: readonly Esim[],
	options: Required<PushOptions>,
): Record<string, unknown> {
	const asList = options.lists || esims.length !== 1;
	const each = (
		field:
			| 'device_id'
			| 'lpa_str'
			| 'qrcode'
			| 'ios_esim_install_link'
			| 'android_esim_install_link'
			| 'msisdn'
			| 'cf_code',
	) => (asList ? esims.map((esim) => esim[field]) : esims[0]![field]);
	const optional = options.optionalFields;
	return {
		topup_id: order.topup_id,
		number: options.numberAs === 'number' ? esims.length : String(esims.length),
		...(optional ? { create_time: chinaTime(order.bookedAt) } : {}),
		device_id: each('device_id'),
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

/** Wraps and encodes the fields as the options say; the length is always known. */
export async function encodePush(
	fields: Record<string, unknown>,
	options: Required<PushOptions>,
): Promise<PushBody> {
	const content =
		options.shape === 'flat' ? fields : { code: 1, msg: 'Success', [options.shape]: fields };
	if (options.encoding === 'json') {
		return {
			contentType: 'application/json;charset=UTF-8',
			bytes: Buffer.from(writeJson(content)),
		};
	}
	const form = options.encoding === 'multipart' ? new FormData() : new URLSearchParams();
	for (const [name, value] of Object.entries(content)) {
		for (const entry of Array.isArray(value) ? value : [value]) {
			if (entry !== undefined)
				form.append(name, typeof entry === 'object' ? writeJson(entry) : String(entry));
		}
	}
	const encoded = new Response(form);
	return {
		contentType: encoded.headers.get('content-type') ?? '',
		bytes: Buffer.from(await encoded.arrayBuffer()),
	};
}
