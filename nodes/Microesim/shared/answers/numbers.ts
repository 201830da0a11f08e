import { textOrNull } from './text';

/** @returns the number in a number or a text such as "279.62"; null where there is none */
export function numberOrNull(value: unknown): number | null {
	const text = textOrNull(value);
	if (text === null) return null;
	const number = Number(text.replace(/,(?=\d{3}\b)/g, ''));
	return Number.isFinite(number) ? number : null;
}

/** @returns the leading number of texts such as "180 days"; null where there is none */
export function leadingNumber(value: unknown): number | null {
	const digits = /^\d+(\.\d+)?/.exec(textOrNull(value) ?? '')?.[0];
	return digits === undefined ? null : Number(digits);
}

/** Megabytes per unit: the API counts 1024 kilobytes to the megabyte (deviceDetail, `total_usage_kb`). */
const MEGABYTES: Record<string, number> = { kb: 1 / 1024, mb: 1, gb: 1024, tb: 1024 * 1024 };

/**
 * An amount of data in megabytes.
 *
 * @param value "17135.6" (already megabytes), "1.5 GB", "500MB", or the same within a plan's `data`
 *   such as "Daily2GB"
 * @returns megabytes; null for "unlimited", empty or unknown text
 */
export function megabytesOrNull(value: unknown): number | null {
	const plain = numberOrNull(value);
	if (plain !== null) return plain;
	const match = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([kmgt])i?b?\b/i.exec(textOrNull(value) ?? '');
	if (!match) return null;
	const [, whole = '', fraction = '', unit = ''] = match;
	return Number(whole.replace(/,/g, '') + fraction) * (MEGABYTES[`${unit.toLowerCase()}b`] ?? NaN);
}

/** @returns whether a flag is set that comes as true, "true", 1 or "1"; null where it is empty */
export function flagOrNull(value: unknown): boolean | null {
	const text = textOrNull(value);
	return text === null ? null : /^(true|1|yes)$/i.test(text);
}
