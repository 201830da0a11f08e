import { flagOrNull, megabytesOrNull, numberOrNull } from '../answers/numbers';
import { isObject, listOf, recordOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';
import { vendorMillis } from '../answers/times';

/** What is watched of an eSIM. Times are milliseconds since 1970, null where MicroeSIM says none. */
export interface Esim {
	createdAt: number | null;
	activeAt: number | null;
	expireAt: number | null;
	terminatedAt: number | null;
	/** Whether its state says that it was terminated, where no time does. */
	saysTerminated: boolean;
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
	const days = daysOf(device.data_usage_daily);
	return {
		createdAt: vendorMillis(device.create_time),
		activeAt: vendorMillis(device.active_time),
		expireAt: vendorMillis(device.expire_time),
		terminatedAt: vendorMillis(device.terminate_time),
		saysTerminated: /^terminat/i.test(textOrNull(device.status) ?? ''),
		planId: textOrNull(device.channel_dataplan_id),
		isDaily: flagOrNull(device.is_daily),
		megabytes: megabytesOrNull(device.data_usage) ?? sumOf(days),
		days,
	};
}

/** @param now milliseconds since 1970: an end can be set for later */
export const isTerminated = ({ terminatedAt, saysTerminated }: Esim, now: number): boolean =>
	terminatedAt === null ? saysTerminated : terminatedAt <= now;

const sumOf = (days: ReadonlyMap<string, number>): number | null =>
	days.size === 0 ? null : [...days.values()].reduce((sum, used) => sum + used, 0);

/** A list, also where it comes as text. */
function entriesOf(usage: unknown): unknown[] {
	if (isObject(usage)) return listOf(usage);
	try {
		return listOf(JSON.parse(textOrNull(usage) ?? 'null'));
	} catch {
		return [];
	}
}

function daysOf(usage: unknown): Map<string, number> {
	const days = new Map<string, number>();
	for (const entry of entriesOf(usage)) {
		const { date, total_usage, total_usage_kb } = recordOf(entry);
		const [, year, month, day] =
			/^(\d{4})\D?(\d{1,2})\D?(\d{1,2})/.exec(textOrNull(date) ?? '') ?? [];
		const used = megabytesOrNull(total_usage) ?? kilobytesOrNull(total_usage_kb);
		if (year === undefined || used === null) continue;
		const key = [year, month!.padStart(2, '0'), day!.padStart(2, '0')].join('-');
		days.set(key, (days.get(key) ?? 0) + used);
	}
	return days;
}

/** @returns megabytes */
function kilobytesOrNull(value: unknown): number | null {
	const kilobytes = numberOrNull(value);
	return kilobytes === null ? megabytesOrNull(value) : kilobytes / 1024;
}

/** Events of this order: a device ID can have been another order's before, and what is older than this one is not its own. */
export const ownEvents = ({ createdAt }: Esim, events: EsimEvent[]): EsimEvent[] =>
	events.filter(({ at }) => at === null || createdAt === null || at >= createdAt);

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
