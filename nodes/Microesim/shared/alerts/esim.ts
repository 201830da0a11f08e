import { flagOrNull, megabytesOrNull } from '../answers/numbers';
import { isObject, listOf, recordOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';
import { vendorMillis } from '../answers/times';

/** What is watched of an eSIM. Times are milliseconds since 1970, null where MicroeSIM says none. */
export interface Esim {
	createdAt: number | null;
	activeAt: number | null;
	expireAt: number | null;
	isTerminated: boolean;
	terminatedAt: number | null;
	planId: string | null;
	isDaily: boolean | null;
	/** Used in all; null where nothing is said. */
	megabytes: number | null;
	/** Used by day ("2026-11-29", UTC+8), of all countries and networks together. */
	days: ReadonlyMap<string, number>;
}

export interface EsimEvent {
	/** In capitals, such as "INSTALLED". */
	type: string;
	at: number | null;
}

/** @param result what deviceDetail answered */
export function readEsim(result: unknown): Esim {
	const device = recordOf(result);
	const terminatedAt = vendorMillis(device.terminate_time);
	return {
		createdAt: vendorMillis(device.create_time),
		activeAt: vendorMillis(device.active_time),
		expireAt: vendorMillis(device.expire_time),
		isTerminated: terminatedAt !== null || /^terminat/i.test(textOrNull(device.status) ?? ''),
		terminatedAt,
		planId: textOrNull(device.channel_dataplan_id),
		isDaily: flagOrNull(device.is_daily),
		megabytes: megabytesOrNull(device.data_usage),
		days: daysOf(device.data_usage_daily),
	};
}

function daysOf(usage: unknown): Map<string, number> {
	const days = new Map<string, number>();
	for (const entry of isObject(usage) ? listOf(usage) : []) {
		const { date, total_usage, total_usage_kb } = recordOf(entry);
		const [, year, month, day] = /^(\d{4})\D?(\d{2})\D?(\d{2})/.exec(textOrNull(date) ?? '') ?? [];
		const kilobytes = megabytesOrNull(total_usage_kb);
		const used = megabytesOrNull(total_usage) ?? (kilobytes === null ? null : kilobytes / 1024);
		if (year === undefined || used === null) continue;
		const key = `${year}-${month}-${day}`;
		days.set(key, (days.get(key) ?? 0) + used);
	}
	return days;
}

/** Words by which a phone or a server says that something did not happen. */
const FAILED = /fail|error|reject|refus/i;

/** @param result what eventDetail answered. @returns what happened, the oldest first */
export const readEvents = (result: unknown): EsimEvent[] =>
	listOf(result)
		.map(recordOf)
		.filter(({ notification_status }) => !FAILED.test(textOrNull(notification_status) ?? ''))
		.map(({ notify_type, event_date }) => ({
			type: (textOrNull(notify_type) ?? '').toUpperCase(),
			at: vendorMillis(event_date),
		}))
		.sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
