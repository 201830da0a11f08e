import { numberOrNull } from './numbers';
import { listOf, recordOf } from './shapes';
import { textOrNull } from './text';

/** The parallel lists of topupDetail, with the name their entries get on one eSIM. */
const LISTS = {
	device_ids: 'device_id',
	lpa_str: 'lpa_str',
	qrcode: 'qrcode',
	ios_esim_install_link: 'ios_esim_install_link',
	android_esim_install_link: 'android_esim_install_link',
	msisdn: 'msisdn',
	cf_code: 'cf_code',
	operator_iccids: 'operator_iccid',
} as const;

type ListName = keyof typeof LISTS;
type EsimField = (typeof LISTS)[ListName];

/** The names under which the fields of eSIMs come, one by one or as lists. */
export const LIST_NAMES: ReadonlySet<string> = new Set([
	...Object.keys(LISTS),
	...Object.values(LISTS),
]);

/** Lists whose entries have another name on one eSIM, with that name. */
export const RENAMED: ReadonlyArray<readonly [string, string]> = Object.entries(LISTS).filter(
	([list, field]) => list !== field,
);

/** The values of one eSIM, null where MicroeSIM has not filled them yet. */
export type Esim = Record<EsimField, string | null>;

/** An eSIM of which nothing is known. */
export const NO_ESIM = Object.fromEntries(
	Object.values(LISTS).map((field) => [field, null]),
) as Readonly<Esim>;

/** An order as topupDetail shows it, with its parallel lists split into eSIMs. */
export interface Order {
	/** How many eSIMs were bought. */
	wanted: number;
	esims: Esim[];
	/** How many eSIMs have no activation code yet. */
	open: number;
	/** Every eSIM has its activation code. */
	delivered: boolean;
	/** Everything that describes the order as a whole, as it came. */
	fields: Record<string, unknown>;
}

const textsOf = (value: unknown): Array<string | null> =>
	listOf(value).map((entry) => (entry === 'null' ? null : textOrNull(entry)));

/**
 * Splits the parallel lists of an order into eSIMs. Lists of unequal lengths, a scalar where a list belongs,
 * and an answer without a result (all seen while an order is being made) lose nothing.
 *
 * @param result what topupDetail answered
 * @param topupId the order that was asked for: answers without a result do not repeat it
 * @param bought how many eSIMs it must have at least, where that is known
 * @see API document, topupDetail; entry N of each list describes eSIM N
 */
export function readOrder(result: unknown, topupId: string, bought = 1): Order {
	const given = recordOf(result);
	const order: Record<string, unknown> = {
		...given,
		topup_id: textOrNull(given.topup_id) ?? topupId,
	};
	const names = Object.keys(LISTS) as ListName[];
	const lists = names.map((name) => {
		const list = textsOf(order[name]);
		// A single eSIM may come under the name that its field has there.
		return [
			LISTS[name],
			list.some((entry) => entry !== null) ? list : textsOf(order[LISTS[name]]),
		] as const;
	});
	const filled = Math.max(
		0,
		...lists.map(([, list]) => list.findLastIndex((entry) => entry !== null) + 1),
	);
	const wanted = Math.max(numberOrNull(order.number) ?? bought, filled, bought);
	const esims = Array.from({ length: filled }, (_, index) =>
		Object.fromEntries(lists.map(([field, list]) => [field, list[index] ?? null])),
	) as Esim[];
	const open = wanted - esims.filter(({ lpa_str }) => lpa_str !== null).length;
	const fields = Object.fromEntries(
		Object.entries(order).filter(([name]) => !LIST_NAMES.has(name)),
	);
	return { wanted, esims, open, delivered: open === 0, fields };
}
