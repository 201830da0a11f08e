import type { IDataObject } from 'n8n-workflow';

import { LIST_NAMES } from '../../answers/esims';
import { isObject, listOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { expandBrackets } from './brackets';
import { MOST_VALUES } from './limits';
import { jsonIn } from './parseText';

/** JSON in a form in `data` in an envelope, and one more. */
const DEEPEST = 5;

/** What stands around the fields of a push, and is none of them. */
const ENVELOPE = ['code', 'msg', 'data', 'result'];

const isRecord = (value: unknown): value is IDataObject => isObject(value) && !Array.isArray(value);

const isThere = (value: unknown): boolean =>
	listOf(value).some((entry) => textOrNull(entry) !== null);

const namesEsim = ({ device_id, device_ids }: IDataObject): boolean =>
	isThere(device_id) || isThere(device_ids);

/** A field may hold JSON, alone or as the one entry of a list. */
function opened(given: unknown): unknown {
	const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	if (typeof value !== 'string') return given;
	return jsonIn(value) ?? given;
}

/**
 * Finds the objects in a body that name an order or an eSIM: the body itself, or what is in its `data` or `result`,
 * in its one field, or in a list of objects; each may be JSON in a text. What stands beside an order's ID, and is about
 * no single eSIM, counts for those inside it.
 *
 * @returns undefined where that comes to more fields than any push has
 */
export function recordsIn(body: unknown): IDataObject[] | undefined {
	const budget = { left: MOST_VALUES };
	const records = find(body, { fields: {}, count: 0 }, 0, budget);
	return budget.left < 0 ? undefined : records;
}

/** What stands beside an order's ID, with its number of fields. */
interface Around {
	fields: IDataObject;
	count: number;
}

/** @param budget fields that may still be handled: each object inside repeats those around it */
function find(
	given: unknown,
	around: Around,
	depth: number,
	budget: { left: number },
): IDataObject[] {
	if (depth > DEEPEST || budget.left < 0) return [];
	const value = opened(given);
	if (Array.isArray(value)) {
		return value.flatMap((entry) =>
			holdsFields(entry) ? find(entry, around, depth + 1, budget) : [],
		);
	}
	if (!isRecord(value)) return [];
	const names = Object.keys(value);
	budget.left -= names.length + around.count;
	if (budget.left < 0) return [];
	const hasBrackets = names.some((name) => name.endsWith(']'));
	const fields = { ...around.fields, ...(hasBrackets ? expandBrackets(value) : value) };
	if (isThere(fields.topup_id) && namesEsim(fields)) return [fields];
	const outer = isThere(fields.topup_id) ? aboutTheOrder(fields) : around;
	for (const inner of insides(fields)) {
		const found = find(inner, outer, depth + 1, budget);
		if (found.length > 0) return found;
	}
	return isThere(fields.topup_id) || namesEsim(fields) ? [fields] : [];
}

const holdsFields = (value: unknown): boolean => isObject(opened(value));

/** Where the fields may be, the documented places first; a form may have JSON for its only name, too. */
function insides(fields: IDataObject): unknown[] {
	const documented = [fields.data, fields.result];
	const others = Object.entries(fields)
		.filter(([name]) => !ENVELOPE.includes(name))
		.flatMap(([name, value]) => [value, jsonIn(name)]);
	return [...documented, ...others].filter(holdsFields);
}

function aboutTheOrder(all: IDataObject): Around {
	const inside = Object.entries(all).filter(
		([name]) => !ENVELOPE.includes(name) && !LIST_NAMES.has(name),
	);
	return { fields: Object.fromEntries(inside), count: inside.length };
}
