import { writeJson } from '../answers';
import type { PushContent } from './content';
import type { PushSettings } from './types';

/** One field of a form, in order; a name may come more than once. */
export type FormField = [name: string, value: string];

/** A push as fields of a form: what is wrapped, or a list of objects, is one field holding JSON. */
export function formFields({ inner, whole }: PushContent, options: PushSettings): FormField[] {
	const asOneField = options.shape === 'flat' ? 'data' : options.shape;
	const wrapped = options.shape !== 'flat' || Array.isArray(inner);
	const outer = options.shape === 'flat' ? {} : (whole as Record<string, unknown>);
	const fields = wrapped ? { ...outer, [asOneField]: writeJson(inner) } : inner;
	return Object.entries(fields).flatMap(([name, value]) =>
		Array.isArray(value) ? listFields(name, value, options.listsAs) : oneField(name, value),
	);
}

function listFields(
	name: string,
	list: readonly unknown[],
	listsAs: PushSettings['listsAs'],
): FormField[] {
	if (listsAs === 'json') return [[name, writeJson(list)]];
	const suffix = { repeat: () => '', brackets: () => '[]', indexed: (at: number) => `[${at}]` };
	return list.flatMap((entry, at) => oneField(name + suffix[listsAs](at), entry));
}

function oneField(name: string, value: unknown): FormField[] {
	if (value === undefined) return [];
	return [[name, typeof value === 'string' ? value : writeJson(value)]];
}
