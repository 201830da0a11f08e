import { DateTime } from 'luxon';

import { asText, kindOf, cleanText, textOrNull } from './text';

/** MicroeSIM prints every time in this zone unless it says otherwise (API document, section 1). */
const VENDOR_ZONE = 'UTC+8';

const VENDOR_FORMATS = [
	'yyyy-MM-dd HH:mm:ss',
	'yyyy-MM-dd HH:mm',
	"yyyy-MM-dd'T'HH:mm:ss",
	'yyyy/MM/dd HH:mm:ss',
];

/** A date with its day, in any form of ISO 8601 or SQL; times alone would be read as today. */
const WITH_A_DAY = /^(\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d|\d{4}-?\d{3})(?!\d)/;
/** What is so close to now means now: {{ $now }} is computed before it is read, and clocks differ. */
const MOMENT_MS = 60_000;

const ORDER_FORMAT = 'yyyy-MM-dd HH:mm:ss';
const LONGEST_WAIT_DAYS = 30;

/**
 * A time of the API as ISO 8601 with its offset, e.g. "2023-07-05T12:50:46+08:00".
 *
 * @param value "2023-07-05 12:50:46" (UTC+8), or "Fri Aug 16 14:00:08 CST 2024", where CST is China
 *   Standard Time; JavaScript's own Date would read it as US Central
 * @returns null for an empty value; a text of another form as it came, so that nothing is lost
 */
export function vendorTime(value: unknown): string | null {
	const text = textOrNull(value);
	if (text === null) return null;
	if (/^0000-00-00/.test(text)) return null;
	const plain = text.replace(/\s+/g, ' ').replace(/\.\d+$/, '');
	const withoutZone = plain.replace(/\s(CST|GMT\+0?8(:00)?|UTC\+0?8)\s/i, ' ');
	const formats = withoutZone === plain ? VENDOR_FORMATS : ['EEE MMM d HH:mm:ss yyyy'];
	for (const format of formats) {
		const time = DateTime.fromFormat(withoutZone, format, { zone: VENDOR_ZONE, locale: 'en' });
		if (time.isValid) return time.toISO({ suppressMilliseconds: true });
	}
	return text;
}

/** The same in milliseconds since 1970; null also for a text of another form. */
export function vendorMillis(value: unknown): number | null {
	const text = vendorTime(value) ?? '';
	// Milliseconds or seconds since 1970, as some programs write times.
	if (/^\d{13}$/.test(text)) return Number(text);
	if (/^\d{10}$/.test(text)) return Number(text) * 1000;
	const time = DateTime.fromISO(text, { zone: VENDOR_ZONE });
	return time.isValid ? time.toMillis() : null;
}

/** @param ms milliseconds since 1970. @returns ISO 8601 in MicroeSIM's zone */
export const inVendorZone = (ms: number): string =>
	DateTime.fromMillis(ms, { zone: VENDOR_ZONE }).toISO({ suppressMilliseconds: true })!;

/** The same for people, e.g. "2026-11-29 09:47 (UTC+8)". */
export const timeInWords = (ms: number): string =>
	`${inVendorZone(ms).slice(0, 16).replace('T', ' ')} (${VENDOR_ZONE})`;

/**
 * The moment an eSIM is to become active, as esimSubscribe wants it.
 *
 * @param value an ISO 8601 text, a Date, or a date of n8n ({{ $now }}); without an offset it is in `zone`
 * @param zone the time zone of the workflow, e.g. "Europe/Berlin"
 * @param now milliseconds since 1970
 * @returns "yyyy-MM-dd HH:mm:ss" in UTC; undefined for now, which needs no date and might be past on arrival
 * @throws Error with a sentence for people: no date, in the past, or more than 30 days ahead
 * @see API document, esimSubscribe, `activation_date`
 */
export function activationDate(value: unknown, zone: string, now: number): string | undefined {
	const time = readDate(value, zone);
	if (!time.isValid) {
		throw new Error(
			`"${kindOf(value)}" is not a date. Use the date picker or a text such as 2026-12-24T10:00:00+01:00`,
		);
	}
	const shown = time.toUTC().toFormat(ORDER_FORMAT);
	if (Math.abs(time.toMillis() - now) <= MOMENT_MS) return undefined;
	if (time.toMillis() < now) {
		throw new Error(`${shown} UTC lies in the past. Leave the field empty to activate at once.`);
	}
	if (time.toMillis() > now + LONGEST_WAIT_DAYS * 24 * 3600 * 1000) {
		throw new Error(
			`${shown} UTC is more than ${LONGEST_WAIT_DAYS} days ahead, and MicroeSIM takes no later date. Order closer to the journey.`,
		);
	}
	return shown;
}

function readDate(value: unknown, zone: string): DateTime {
	if (value instanceof Date) return DateTime.fromJSDate(value);
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return DateTime.fromISO(String((value as DateTime).toISO()), { setZone: true });
	}
	const text = cleanText(asText(value));
	if (!WITH_A_DAY.test(text)) return DateTime.invalid('no day');
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}
