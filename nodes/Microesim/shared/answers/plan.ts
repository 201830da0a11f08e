import type { IDataObject } from 'n8n-workflow';

import { asksForIdentity } from './ekyc';
import { parseNetworks } from './networks';
import { leadingNumber, megabytesOrNull, numberOrNull } from './numbers';
import { textOrNull } from './text';

/** A plan as the API sends it; unknown fields are kept. */
export type VendorPlan = Record<string, unknown>;

export type DataType = 'unlimited' | 'daily' | 'total';

/** The id of a plan, or "" for an entry that has none. */
export const planIdOf = (plan: VendorPlan): string => textOrNull(plan.channel_dataplan_id) ?? '';

/** Countries of a plan as ISO 3166 codes in capitals. */
export const countriesOf = (plan: VendorPlan): string[] =>
	(textOrNull(plan.code) ?? '')
		.split(/[\s,;|]+/)
		.filter((code) => code !== '')
		.map((code) => code.toUpperCase());

/** "1" means on sale (API document, esimDataplanList). */
export const isOnSale = (plan: VendorPlan): boolean => textOrNull(plan.status) === '1';

/** Whether a plan starts to run with the order, unless that has an activation date (API document, esimSubscribe). */
export const startsWithOrder = (plan: VendorPlan): boolean =>
	textOrNull(plan.active_type) === 'ACTIVEDBYORDER';

/** Read from `data` alone: names are for people. */
export function dataTypeOf(plan: VendorPlan): DataType {
	const data = textOrNull(plan.data) ?? '';
	if (/unlimited/i.test(data)) return 'unlimited';
	return /daily|\/\s*day/i.test(data) ? 'daily' : 'total';
}

/** Read from `special_desc`, where shops see "ekyc required esim", "eKYC" and "No ekyc needed.". */
export const needsEkyc = (plan: VendorPlan): boolean =>
	asksForIdentity(textOrNull(plan.special_desc) ?? '');

/**
 * A plan with typed values: prices, days and megabytes as numbers, networks and countries as lists, null for
 * what is empty. Fields that the document does not name follow as they came.
 */
export function simplifyPlan(plan: VendorPlan): IDataObject {
	const known: IDataObject = {
		channel_dataplan_id: planIdOf(plan),
		channel_dataplan_name: textOrNull(plan.channel_dataplan_name),
		price: numberOrNull(plan.price),
		currency: textOrNull(plan.currency),
		status: textOrNull(plan.status),
		on_sale: isOnSale(plan),
		day: numberOrNull(plan.day),
		data: textOrNull(plan.data),
		data_type: dataTypeOf(plan),
		data_mb: megabytesOrNull(textOrNull(plan.data)?.replace(/^[a-z\s-]+/i, '')),
		apn: textOrNull(plan.apn),
		active_type: textOrNull(plan.active_type),
		code: textOrNull(plan.code),
		countries: countriesOf(plan),
		networks: parseNetworks(textOrNull(plan.networks) ?? '') as unknown as IDataObject[],
		ip: textOrNull(plan.ip),
		rule_desc: textOrNull(plan.rule_desc),
		validity_period: leadingNumber(plan.validity_period),
		special_desc: textOrNull(plan.special_desc),
		ekyc_required: needsEkyc(plan),
	};
	return { ...known, ...(plan as IDataObject), ...known };
}
