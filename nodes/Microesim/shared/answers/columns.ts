import type { IDataObject } from 'n8n-workflow';

/** What people look for in a table of orders and eSIMs. */
const FIRST = [
	// of a preview
	'checks_passed',
	'reason',
	'total_price',
	'custom_order_no',
	'channel_dataplan_name',
	'delivered',
	'lpa_str',
	'ios_esim_install_link',
	'android_esim_install_link',
	'sm_dp_address',
	'matching_id',
	'device_id',
	'operator_iccid',
	'topup_id',
] as const;

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The same fields in the sequence of a table's columns: what people need first, lists and objects last. */
export function inColumns(item: IDataObject): IDataObject {
	const arranged: IDataObject = {};
	for (const name of FIRST) if (Object.hasOwn(item, name)) arranged[name] = item[name];
	const names = Object.keys(item).filter((name) => !Object.hasOwn(arranged, name));
	for (const name of names) if (!isNested(item[name])) setOwn(arranged, name, item[name]);
	for (const name of names) if (isNested(item[name])) setOwn(arranged, name, item[name]);
	return arranged;
}

/** Assigned, "__proto__" would change what the object inherits. */
const setOwn = (target: IDataObject, name: string, value: IDataObject[string]): void => {
	if (name !== '__proto__') target[name] = value;
};
