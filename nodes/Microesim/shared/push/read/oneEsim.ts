import type { IDataObject } from 'n8n-workflow';

import { mayBeCode } from '../../answers/activationCode';
import { LIST_NAMES, readOrder } from '../../answers/esims';
import { itemPerEsim } from '../../answers/orderItems';
import { isObject } from '../../answers/shapes';
import { cleanText, textOrNull } from '../../answers/text';
import { isOwnLink, LINKS } from './links';

/** One eSIM of a push: its identity, and its fields under the names of Order → Get. */
export interface PushedEsim {
	topupId: string;
	deviceId: string;
	item: IDataObject;
	/** The same as it came, without what belongs to other eSIMs. */
	raw: IDataObject;
	/** Links that are none, or that lead to another code, and what is no text: they are in neither. */
	leftOut: string[];
	/** Nobody knows which of the push's codes is its own; it carries none. */
	isMixedUp?: true;
}

/** Why an eSIM cannot be handed on as delivered. */
export interface NotReady {
	reason: string;
	/** Whether the same push may have a code later: it has the field, but nothing or no code in it yet. */
	mayChange: boolean;
}

/** What no code, number or link holds, and HTML does. */
const HTML = /[<>"'`]/;

/** An apostrophe alone is none: the address of a picture may have one. */
const hasHtml = (name: string, text: string): boolean =>
	HTML.test(LINKS.includes(name) ? text.replace(/'(?!\s)/g, '') : text);

/**
 * Shapes the fields of one eSIM.
 *
 * @param fields as `narrow` gives them
 * @param count how many eSIMs the push has beside each other
 * @returns the eSIM and, where it cannot be handed on as delivered, why
 */
export function shapeEsim(
	topupId: string,
	deviceId: string,
	fields: IDataObject,
	count = 1,
): { esim: PushedEsim; notReady?: NotReady } {
	const given = { ...fields, topup_id: topupId, device_id: deviceId };
	const own = Object.entries(given).filter(([name]) => LIST_NAMES.has(name));
	const withHtml = own.find(([name, value]) => hasHtml(name, textOrNull(value) ?? ''));
	const code = cleanText(textOrNull(fields.lpa_str) ?? '');
	const isCode = mayBeCode(code);
	const leftOut = own
		.filter(([name, value]) => isObject(value) || (LINKS.includes(name) && isForeign(name, value)))
		.map(([name]) => name);
	function isForeign(name: string, value: unknown): boolean {
		const link = textOrNull(value);
		return link !== null && !isOwnLink(name, link, code);
	}
	const kept = Object.entries(given).filter(([name]) => !leftOut.includes(name));
	const raw = Object.fromEntries(kept) as IDataObject;
	if (isCode) raw.lpa_str = code;
	// A push comes when the order is ready, also where it carries one of several eSIMs.
	const shown = readOrder({ ...raw, lpa_str: isCode ? code : null }, topupId, count);
	const [item] = itemPerEsim({ ...shown, delivered: true, open: 0 });
	const esim = { topupId, deviceId, item: item!, raw, leftOut };
	if (withHtml)
		return { esim, notReady: { reason: `its ${withHtml[0]} holds HTML`, mayChange: false } };
	if (isCode) return { esim };
	const reason =
		code === ''
			? 'it has no activation code (lpa_str)'
			: 'it has a text for its activation code (lpa_str) that can be none';
	return { esim, notReady: { reason, mayChange: 'lpa_str' in fields } };
}
