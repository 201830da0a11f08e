import type { IDataObject } from 'n8n-workflow';

import type { ActivationCode } from './activationCode';
import { inColumns } from './columns';
import { isObject } from './shapes';

const PARTS = [
	'sm_dp_address',
	'matching_id',
	'confirmation_code_required',
	'sm_dp_oid',
] as const satisfies ReadonlyArray<keyof ActivationCode>;

/** The names of fields as they are once the parts of the activation code are fields of their own. */
export const flatNames = (names: readonly string[]): string[] => [
	...new Set(names.flatMap((name) => (name === 'activation_code' ? PARTS : [name]))),
];

/**
 * An item of an order, or of one of its eSIMs, without an object for the activation code: its parts stand beside
 * `lpa_str`, which is the code itself. An object is a tree in n8n's table, and as tall as it has fields.
 */
export function flat({ activation_code, ...item }: IDataObject): IDataObject {
	if (Array.isArray(item.esims)) item.esims = item.esims.map(flatEsim) as IDataObject[];
	if (activation_code === undefined) return item;
	// Ours is an object, or null; what else has this name is MicroeSIM's, and so are parts where ours has none.
	if (typeof activation_code !== 'object') return { ...item, activation_code };
	const code = activation_code as Partial<ActivationCode> | null;
	return inColumns({
		...item,
		...Object.fromEntries(PARTS.map((part) => [part, code?.[part] ?? item[part] ?? null])),
	});
}

const flatEsim = (esim: unknown): unknown =>
	isObject(esim) && !Array.isArray(esim) ? flat(esim as IDataObject) : esim;
