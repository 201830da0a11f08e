import type { IDataObject } from 'n8n-workflow';

import { LIST_NAMES, RENAMED } from '../../answers/esims';
import { isObject, listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { jsonIn } from './parseText';

/** Neither an ID nor an activation code can hold a comma; links can, but no blank behind it. */
const WITHOUT_COMMA = ['topup_id', 'channel_dataplan_id', 'device_id', 'device_ids', 'lpa_str'];

/**
 * Opens the lists of a record, also those that a form holds as JSON, as texts with commas, or as Java and Python write
 * them: `[a, b]`. A list of one is its entry.
 */
export const withLists = (fields: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			if (!LIST_NAMES.has(name) && !WITHOUT_COMMA.includes(name)) return [name, value];
			const list = only(typeof value === 'string' ? listIn(name, value) : numbered(value));
			return [name, Array.isArray(list) ? list.map(only) : list];
		}),
	) as IDataObject;

/** PHP writes a list with a gap, or from 1 on, as an object with numbers for names. */
function numbered(value: unknown): unknown {
	if (!isObject(value) || Array.isArray(value)) return value;
	const names = Object.keys(value);
	const first = names[0] === '1' ? 1 : 0;
	const isList = names.length > 0 && names.every((name, index) => name === String(index + first));
	return isList ? Object.values(value) : value;
}

function listIn(name: string, text: string): unknown {
	const json = jsonIn(text);
	if (Array.isArray(json)) return json;
	const comma = WITHOUT_COMMA.includes(name) ? /,/ : /,\s+/;
	const written = /^\s*\[([^[\]]*)\]\s*$/.exec(text)?.[1];
	if (written !== undefined) {
		return written.split(comma).map((entry) => unquoted(entry.trim()));
	}
	return WITHOUT_COMMA.includes(name) && text.includes(',')
		? text.split(comma).map((entry) => entry.trim())
		: text;
}

/** Python writes texts between quotes, and nothing as None; Java writes it as null. */
const unquoted = (entry: string): string | null =>
	/^(?:None|null)$/.test(entry) ? null : entry.replace(/^(['"])(.*)\1$/, '$2');

const textsIn = (value: unknown): string[] =>
	listOf(value).flatMap((entry) => textOrNull(entry) ?? []);

/** The IDs that the name lacks which is read, where both names of an ID are used. */
export const lackingIds = ({ device_ids, device_id }: IDataObject): string[] => {
	const read = new Set(textsIn(device_ids));
	return read.size > 0 ? textsIn(device_id).filter((id) => !read.has(id)) : [];
};

/** Whether both names of an ID are used, and say different things. */
export const hasTwoNames = (lists: IDataObject): boolean => {
	const [ids, others] = [listOf(lists.device_ids), listOf(lists.device_id)];
	const areUsed = [ids, others].every((list) => textsIn(list).length > 0);
	return areUsed && (ids.length !== others.length || lackingIds(lists).length > 0);
};

/** Puts each list under the name that its entries have on one eSIM, so that nothing is there under two names. */
export function underOneName(fields: IDataObject): IDataObject {
	const named = { ...fields };
	for (const [list, field] of RENAMED) {
		const isRead = textsIn(fields[list]).length > 0 || !(field in fields);
		if (list in fields && isRead) named[field] = fields[list];
		delete named[list];
	}
	return named;
}

/** What a list of one holds, however often it stands in another one. */
export function only(value: unknown): unknown {
	let inner = value;
	while (Array.isArray(inner) && inner.length === 1) inner = inner[0] as unknown;
	return inner;
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
		if (count === 1) return Array.isArray(value) ? (value[0] as unknown) : value;
		const list = listOf(value);
		return list.length === ids.length ? list[index] : null;
	};
	const own = Object.entries(fields).map(([name, value]) => {
		if (LIST_NAMES.has(name)) return [name, entryOf(value)] as const;
		const isPerEsim = count > 1 && Array.isArray(value) && value.length === count;
		return [name, isPerEsim ? entryOf(value) : value] as const;
	});
	return { ...Object.fromEntries(own), device_id: ids[index] } as IDataObject;
}
