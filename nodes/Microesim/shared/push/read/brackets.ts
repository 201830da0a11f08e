import type { IDataObject } from 'n8n-workflow';

import { LIST_NAMES } from '../../answers/esims';

/**
 * A name as forms write lists and objects: `device_id[]`, `device_id[0]`, `data[topup_id]`, `data[0][device_id]`, or
 * with dots, as Java and .NET do: `data.topup_id`, `esims[0].device_id`.
 */
const BRACKETED = /^([^[\].]+)((?:\[[^[\]]*\]|\.[^[\].]+)+)$/;
/** Names with dots alone may mean nothing by them, but for those of a push, and of the places where one may be. */
const IS_PATH = new RegExp(`\\]|^(?:data|result)\\.|\\.(?:topup_id|${[...LIST_NAMES].join('|')})$`);
const DEEPEST = 12;
/** How many entries of a list may be missing for each that is there: an index is a number that the sender chose. */
const MOST_GAPS = 2;
const FEW_ENTRIES = 16;

interface Branch {
	values: unknown[];
	inside: Map<string, Branch>;
}

/** Whether an object may be a form whose names are to be expanded. */
export const hasPaths = (form: Readonly<IDataObject>): boolean =>
	Object.keys(form).some((name) => IS_PATH.test(name));

const newBranch = (): Branch => ({ values: [], inside: new Map() });

/**
 * Makes lists and objects of the names of a form, as PHP, Rails and jQuery write them. A name that comes more than
 * once is a list; indexes are kept, so that entry N of each list is about eSIM N.
 *
 * @param form names with their values; a list stands for a name that came more than once
 */
export function expandBrackets(form: Readonly<IDataObject>): IDataObject {
	const root = newBranch();
	for (const [name, value] of Object.entries(form)) {
		const path = pathOf(name);
		if (path.length === 1) {
			branchAt(root, path).values.push(value);
			continue;
		}
		for (const one of Array.isArray(value) ? value : [value]) branchAt(root, path).values.push(one);
	}
	return Object.fromEntries(
		[...root.inside].map(([name, branch]) => [name, valueOf(branch)]),
	) as IDataObject;
}

function pathOf(name: string): string[] {
	const [, first, rest] = (IS_PATH.test(name) && BRACKETED.exec(name)) || [];
	if (first === undefined || rest === undefined) return [name];
	const path = [
		first,
		...[...rest.matchAll(/\[([^\]]*)\]|\.([^[.]+)/g)].map(([, a, b]) => a ?? b!),
	];
	// Rails writes lists of objects so: their fields stand side by side.
	const named = path.filter((part, index) => part !== '' || index === path.length - 1);
	return named.length > DEEPEST ? [name] : named;
}

function branchAt(root: Branch, path: string[]): Branch {
	let branch = root;
	for (const part of path) {
		const name = part === '' ? String(branch.inside.size) : part;
		const next = branch.inside.get(name) ?? newBranch();
		branch.inside.set(name, next);
		branch = next;
	}
	return branch;
}

function valueOf({ values, inside }: Branch): unknown {
	if (inside.size === 0) return values.length === 1 ? values[0] : values;
	const entries = [...inside].map(([name, branch]) => [name, valueOf(branch)] as const);
	const indexes = entries.map(([name]) => (/^\d{1,4}$/.test(name) ? Number(name) : NaN));
	const longest = FEW_ENTRIES + MOST_GAPS * entries.length;
	if (!indexes.every((index) => index < longest)) return Object.fromEntries(entries);
	const list: unknown[] = Array<unknown>(Math.max(...indexes) + 1).fill(null);
	for (const [at, [, value]] of entries.entries()) list[indexes[at]!] = value;
	return [...values, ...list];
}
