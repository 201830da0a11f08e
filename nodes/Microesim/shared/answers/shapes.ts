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
