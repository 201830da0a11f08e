import type { IDataObject } from 'n8n-workflow';

/** Whether a value has fields; lists have, too. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** The fields of a value; none where it is no object. */
export const recordOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** A list as it is, a single value as a list of one, nothing as an empty list. */
export const listOf = (value: unknown): unknown[] => {
	if (value === undefined || value === null) return [];
	return Array.isArray(value) ? value : [value];
};

/**
 * What is known of an answer, and after it the fields that nobody knows, as they came. It goes by assignment:
 * spreading one object over another costs many times as much, and a catalogue has many thousand.
 *
 * @param known is completed, and returned
 */
export function withUnknown(known: IDataObject, answer: Record<string, unknown>): IDataObject {
	for (const name of Object.keys(answer)) {
		// Assigned, this name would change what the object inherits.
		if (name === '__proto__' || Object.hasOwn(known, name)) continue;
		known[name] = answer[name] as IDataObject[string];
	}
	return known;
}
