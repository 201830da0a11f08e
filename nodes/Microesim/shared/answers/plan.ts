import type { IDataObject } from 'n8n-workflow';

import { asksForIdentity } from './ekyc';
import { parseNetworks } from './networks';
import { leadingNumber, megabytesOrNull, numberOrNull } from './numbers';
import { remembered } from './remembered';
import { withUnknown } from './shapes';
import { textOrNull } from './text';

/** A plan as the API sends it; unknown fields are kept. */
export type VendorPlan = Record<string, unknown>;

export type DataType = 'unlimited' | 'daily' | 'total';

/** The id of a plan, or "" for an entry that has none. */
export const planIdOf = (plan: VendorPlan): string => textOrNull(plan.channel_dataplan_id) ?? '';

/** Country codes as a plan's `code` lists them, in capitals. */
export const readCountries = remembered((text): readonly string[] =>
	text
		.split(/[\s,;|]+/)
		.filter((code) => code !== '')
		.map((code) => code.toUpperCase()),
);

/** Countries of a plan as ISO 3166 codes in capitals. */
export const countriesOf = (plan: VendorPlan): readonly string[] =>
	readCountries(textOrNull(plan.code) ?? '');

/** "1" means on sale (API document, esimDataplanList). */
export const isOnSale = (plan: VendorPlan): boolean => textOrNull(plan.status) === '1';

/** Whether a plan starts to run with the order, unless that has an activation date (API document, esimSubscribe). */
export const startsWithOrder = (plan: VendorPlan): boolean =>
	textOrNull(plan.active_type) === 'ACTIVEDBYORDER';

const readData = remembered((text): { type: DataType; megabytes: number | null } => {
	const megabytes = megabytesOrNull(text.replace(/^[a-z\s-]+/i, ''));
	if (/unlimited/i.test(text)) return { type: 'unlimited', megabytes };
	return { type: /daily|\/\s*day/i.test(text) ? 'daily' : 'total', megabytes };
});

const dataOf = (plan: VendorPlan) => readData(textOrNull(plan.data) ?? '');

/** Read from `data` alone: names are for people. */
export const dataTypeOf = (plan: VendorPlan): DataType => dataOf(plan).type;

/** Megabytes that a plan holds over all its days; null for unlimited and unknown ones. */
export function totalMegabytes(plan: VendorPlan): number | null {
	const { type, megabytes } = dataOf(plan);
	if (type === 'unlimited' || megabytes === null) return null;
	const days = type === 'daily' ? numberOrNull(plan.day) : 1;
	return days === null ? null : megabytes * days;
}

/** Megabytes that a plan holds, of a daily plan each day; null for those that say no amount. */
export const megabytesPerPeriod = (plan: VendorPlan): number | null => dataOf(plan).megabytes;

/**
 * Megabytes that a traveller has in so many days: of a daily plan, those of these days alone.
 *
 * @returns Infinity for unlimited plans, null where the plan says no amount
 */
export function megabytesFor(plan: VendorPlan, days: number): number | null {
	const { type, megabytes } = dataOf(plan);
	if (type === 'unlimited') return Infinity;
	if (megabytes === null) return null;
	return type === 'daily' ? megabytes * Math.min(days, numberOrNull(plan.day) ?? days) : megabytes;
}

/** An amount as people write it: gigabytes where they are whole or halves. */
export const amountInWords = (megabytes: number): string =>
	megabytes >= 1024 && megabytes % 512 === 0 ? `${megabytes / 1024} GB` : `${megabytes} MB`;

/** @param text the `data` of a plan. @returns "Unlimited", "2 GB/day", "10 GB"; the text where it says nothing that is known */
export function dataInWords(text: string): string {
	const { type, megabytes } = readData(text);
	if (type === 'unlimited') return 'Unlimited';
	if (megabytes === null) return text;
	return `${amountInWords(megabytes)}${type === 'daily' ? '/day' : ''}`;
}

const readEkyc = remembered(asksForIdentity);

/** Read from `special_desc`, where shops see "ekyc required esim", "eKYC" and "No ekyc needed.". */
export const needsEkyc = (plan: VendorPlan): boolean =>
	readEkyc(textOrNull(plan.special_desc) ?? '');

/** What the plans of one output share, so that thousands of them do not hold the same operators each. */
export const networksOfOutput = () =>
	remembered((text) => parseNetworks(text) as unknown as IDataObject[]);

/**
 * A plan with typed values: prices, days and megabytes as numbers, networks and countries as lists, null for
 * what is empty. Fields that the document does not name follow as they came.
 *
 * @param readNetworks by `networksOfOutput`, where the plan goes out with others
 */
export function simplifyPlan(plan: VendorPlan, readNetworks = networksOfOutput()): IDataObject {
	const { type, megabytes } = dataOf(plan);
	const known: IDataObject = {
		channel_dataplan_name: textOrNull(plan.channel_dataplan_name),
		price: numberOrNull(plan.price),
		currency: textOrNull(plan.currency),
		day: numberOrNull(plan.day),
		data: textOrNull(plan.data),
		countries: [...countriesOf(plan)],
		channel_dataplan_id: planIdOf(plan),
		status: textOrNull(plan.status),
		on_sale: isOnSale(plan),
		data_type: type,
		data_mb: megabytes,
		apn: textOrNull(plan.apn),
		active_type: textOrNull(plan.active_type),
		code: textOrNull(plan.code),
		ip: textOrNull(plan.ip),
		rule_desc: textOrNull(plan.rule_desc),
		validity_period: leadingNumber(plan.validity_period),
		special_desc: textOrNull(plan.special_desc),
		ekyc_required: needsEkyc(plan),
		networks: readNetworks(textOrNull(plan.networks) ?? ''),
	};
	return withUnknown(known, plan);
}
