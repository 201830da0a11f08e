import type { IDataObject } from 'n8n-workflow';

import { isSameCode } from '../../answers/activationCode';
import { itemPerEsim, LIST_NAMES, readOrder, RENAMED } from '../../answers/esims';
import { listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { jsonIn } from './parseText';

/** One eSIM of a push: its identity, and its fields under the names of Order → Get. */
export interface PushedEsim {
	topupId: string;
	deviceId: string;
	item: IDataObject;
	/** The same as it came, without what belongs to other eSIMs. */
	raw: IDataObject;
	/** Links that are none, or that lead to another code: they are in neither. */
	leftOut: string[];
	/** Nobody knows which of the push's codes is its own; it carries none. */
	isMixedUp?: true;
}

/** What no code, number or link holds, and HTML does. */
const HTML = /[<>"'`]/;

const INSTALL_LINKS = ['ios_esim_install_link', 'android_esim_install_link'];
const LINKS = [...INSTALL_LINKS, 'qrcode'];
/** Ways to write an address that a browser would run or show as a page of its own. */
const NO_LINK = /^(?!https?:|data:image\/)[a-z][a-z0-9+.-]*:/i;

/** Neither an ID nor an activation code can hold a comma; links can. */
const WITHOUT_COMMA = ['device_id', 'device_ids', 'lpa_str'];

/** Opens lists that a form holds as JSON, or as texts with commas. */
export const withLists = (fields: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			const isList = LIST_NAMES.has(name) || name === 'topup_id';
			if (!isList || typeof value !== 'string') return [name, value];
			const list = jsonIn(value);
			if (Array.isArray(list)) return [name, list as IDataObject[]];
			return [
				name,
				WITHOUT_COMMA.includes(name) && value.includes(',')
					? value.split(',').map((entry) => entry.trim())
					: value,
			];
		}),
	);

const textsIn = (value: unknown): string[] =>
	listOf(value).flatMap((entry) => textOrNull(entry) ?? []);

/** Whether both names of an ID are used, and the one that is read lacks an ID that the other one has. */
export const lacksIds = ({ device_ids, device_id }: IDataObject): boolean => {
	const read = new Set(textsIn(device_ids));
	return read.size > 0 && !textsIn(device_id).every((id) => read.has(id));
};

/** Puts each list under the name that its entries have on one eSIM, so that nothing is there under two names. */
export function underOneName(fields: IDataObject): IDataObject {
	const named = { ...fields };
	for (const [list, field] of RENAMED) {
		if (textsIn(fields[list]).length > 0) named[field] = fields[list];
		delete named[list];
	}
	return named;
}

/**
 * The fields of one of several eSIMs: of each list that has an entry per eSIM, its own. A list of another length is
 * about nobody in particular, and in no one's fields.
 *
 * @param fields as `underOneName` gives them
 * @param count how many eSIMs the fields describe
 */
export function narrow(fields: IDataObject, index: number, count: number): IDataObject {
	const ids = listOf(fields.device_id);
	const entryOf = (value: unknown): unknown => {
		if (count === 1) return Array.isArray(value) ? value[0] : value;
		const list = listOf(value);
		return list.length === ids.length ? list[index] : null;
	};
	const own = Object.entries(fields).map(([name, value]) => {
		if (name === 'topup_id') return [name, listOf(value)[0]] as const;
		const isPerEsim = count > 1 && Array.isArray(value) && value.length === count;
		return [name, LIST_NAMES.has(name) || isPerEsim ? entryOf(value) : value] as const;
	});
	return { ...Object.fromEntries(own), device_id: ids[index] } as IDataObject;
}

/**
 * Shapes the fields of one eSIM.
 *
 * @returns the eSIM and, where it cannot be handed on as delivered, why
 */
export function shapeEsim(
	topupId: string,
	deviceId: string,
	fields: IDataObject,
): { esim: PushedEsim; fault?: string } {
	const order = readOrder({ ...fields, topup_id: topupId }, topupId);
	const [values] = order.esims;
	const withHtml = Object.entries(values ?? {}).find(([, text]) => HTML.test(text ?? ''));
	const code = values?.lpa_str ?? null;
	const leftOut = LINKS.filter((name) => leadsElsewhere(name, textOrNull(fields[name]), code));
	const kept = Object.fromEntries(
		Object.entries(fields).filter(([name]) => !leftOut.includes(name)),
	);
	// A push comes when the order is ready, also where it carries one of several eSIMs.
	const shown = readOrder({ ...kept, topup_id: topupId }, topupId);
	const [item] = itemPerEsim({ ...shown, delivered: true, open: 0 });
	const esim = { topupId, deviceId, item: item!, raw: kept, leftOut };
	if (withHtml) return { esim, fault: `its ${withHtml[0]} holds HTML` };
	return code === null ? { esim, fault: 'it has no activation code (lpa_str)' } : { esim };
}

function leadsElsewhere(name: string, link: string | null, code: string | null): boolean {
	if (link === null) return false;
	if (/^LPA:/i.test(link)) return !isSameCode(link, code ?? '');
	if (NO_LINK.test(link)) return true;
	if (!INSTALL_LINKS.includes(name)) return false;
	if (!URL.canParse(link)) return true;
	const inLink = new URL(link).searchParams.get('carddata');
	return inLink !== null && !isSameCode(inLink, code ?? '');
}
