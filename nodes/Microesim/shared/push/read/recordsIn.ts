import type { IDataObject } from 'n8n-workflow';

import { LIST_NAMES } from '../../answers/esims';
import { isObject, listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { expandBrackets, hasPaths } from './brackets';
import { costOf, MOST_VALUES } from './limits';
import { jsonIn, looksLikeJson } from './parseText';

/** JSON in a form in `data` in an envelope, and a few more. */
const DEEPEST = 16;

/** What stands around the fields of a push, and is none of them. */
const ENVELOPE = ['code', 'msg', 'data', 'result'];

const isRecord = (value: unknown): value is IDataObject => isObject(value) && !Array.isArray(value);

const isThere = (value: unknown): boolean =>
	listOf(value).some((entry) => textOrNull(entry) !== null);

const namesEsim = ({ device_id, device_ids }: IDataObject): boolean =>
	isThere(device_id) || isThere(device_ids);

const isAboutEsims = (fields: IDataObject): boolean =>
	Object.keys(fields).some((name) => name === 'topup_id' || LIST_NAMES.has(name));

/** What a text costs that looks like JSON and is none: an error takes longer than many fields. */
const COST_OF_ERROR = 20;
/** A list of orders is looked through for each eSIM that inherits it. */
const IDS_PER_VALUE = 16;

/** Where in a body the search is. */
interface Place {
	/** An order's ID stands around it. */
	isInOrder: boolean;
	depth: number;
	/** Fields that may still be handled: each object inside repeats those around it. */
	budget: { left: number };
}

/** What was found in one field of an object. */
interface Group {
	name: string;
	found: IDataObject[];
}

/**
 * Finds the objects in a body that name an order or an eSIM, wherever they stand: the body itself, or what is in its
 * fields, one in another or in lists of objects; each may be JSON in a text. What stands beside an order's ID, and is
 * about no single eSIM, counts for those inside it. Objects that name both leave out those beside them that do not;
 * none that names both is left out.
 *
 * @returns undefined where that comes to more fields than any push has
 */
export function recordsIn(body: unknown): IDataObject[] | undefined {
	const budget = { left: MOST_VALUES };
	const records = find(body, { isInOrder: false, depth: 0, budget });
	return budget.left < 0 ? undefined : records;
}

function find(given: unknown, { isInOrder, depth, budget }: Place): IDataObject[] {
	if (depth > DEEPEST || budget.left < 0) return [];
	const value = opened(given, budget);
	const inside = { isInOrder, depth: depth + 1, budget };
	if (Array.isArray(value)) return value.flatMap((entry) => find(entry, inside));
	if (!isRecord(value)) return [];
	const fields = hasPaths(value) ? expandBrackets(value) : value;
	budget.left -= Object.keys(fields).length;
	inside.isInOrder ||= isThere(fields.topup_id);
	const isWhole = (record: IDataObject) =>
		(inside.isInOrder || isThere(record.topup_id)) && namesEsim(record);
	const groups = insides(fields, budget)
		.map(([name, inner]): Group => ({ name, found: find(inner, inside) }))
		.filter(({ found }) => found.length > 0);
	const isEsim = isWhole(fields);
	const kept = isEsim
		? groups.filter(({ found }) => found.some(isWhole))
		: preferred(groups, isWhole);
	const names = new Set(kept.map(({ name }) => name));
	const records = kept.flatMap(({ found }) => found);
	// Any other field of an eSIM may be about that one alone.
	const outer = isEsim ? { topup_id: fields.topup_id } : aboutTheOrder(fields, names);
	const around = inside.isInOrder ? outer : {};
	const ofOrders = listOf(around.topup_id).length / IDS_PER_VALUE;
	budget.left -= records.length * (costOf(around) + ofOrders);
	if (budget.left < 0) return [];
	const found = records.map((record) => within(around, record));
	if (isEsim) return [without(fields, names), ...found];
	return found.length === 0 && isAboutEsims(fields) ? [fields] : found;
}

/** A field may hold JSON, alone or as the one entry of a list. */
function opened(given: unknown, budget: Place['budget']): unknown {
	const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	if (typeof value !== 'string' || !looksLikeJson(value) || budget.left < 0) return given;
	const json = jsonIn(value);
	if (json === undefined) budget.left -= COST_OF_ERROR;
	return json ?? given;
}

/** Where the fields may be, the documented places first; a form may have JSON for its only name, too. */
function insides(fields: IDataObject, budget: Place['budget']): Array<[string, unknown]> {
	const { data, result, ...rest } = fields;
	const others = Object.entries(rest);
	const places: Array<[string, unknown]> = [
		['data', data],
		['result', result],
		...others,
		...others
			.filter(([name]) => looksLikeJson(name))
			.map(([name]): [string, unknown] => [name, name]),
	];
	return places
		.map(([name, value]): [string, unknown] => [name, opened(value, budget)])
		.filter(([, value]) => isObject(value));
}

/** All that name an eSIM or have a code, so that none is left out; where there is none, the first. */
function preferred(groups: Group[], isWhole: (record: IDataObject) => boolean): Group[] {
	const better = groups.filter(({ found }) =>
		found.some((record) => isWhole(record) || isThere(record.lpa_str)),
	);
	return better.length > 0 ? better : groups.slice(0, 1);
}

/** What counts for the eSIMs inside: neither those themselves, nor what is about one that stands beside them. */
const aboutTheOrder = (fields: IDataObject, names: ReadonlySet<string>): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).filter(
			([name]) => !ENVELOPE.includes(name) && !LIST_NAMES.has(name) && !names.has(name),
		),
	);

const without = (fields: IDataObject, names: ReadonlySet<string>): IDataObject =>
	names.size === 0
		? fields
		: Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));

/** Copied by assign: V8 takes far longer to spread an object behind other fields. */
const within = (around: IDataObject, record: IDataObject): IDataObject =>
	Object.assign({}, around, record, {
		topup_id: isThere(record.topup_id) ? record.topup_id : around.topup_id,
	});
