import { chinaTime, startOfChinaDay } from '../formats';
import type { Esim, Order } from './order';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Usage is reported late (API.md: 30 to 60 minutes). */
const USAGE_LAG_MS = 45 * 60_000;

/** What happens to an installed eSIM and how long after its download: the rhythm of the document's eventDetail sample. */
const EVENTS = [
	{ type: 'DOWNLOADED', afterMs: 0 },
	{ type: 'INSTALLED', afterMs: 13_000 },
	{ type: 'ENABLE', afterMs: 33_000 },
	{ type: 'DISABLE', afterMs: 30_869_000 },
	{ type: 'ENABLE', afterMs: 30_871_000 },
] as const;

const ENABLED_AFTER_MS = EVENTS[2].afterMs;

export interface Activity {
	/** Simulator times, ms; undefined when not yet. */
	activeAt: number | undefined;
	expireAt: number | undefined;
}

/** When an eSIM became active and runs out: on its first use, or, if its plan is ACTIVEDBYORDER, at the time ordered (API document: esimSubscribe). */
export function activityOf(order: Order, esim: Esim, now: number): Activity {
	const byOrder = order.plan.active_type === 'ACTIVEDBYORDER';
	const due = byOrder
		? (order.activationAt ?? order.readyAt)
		: order.readyAt + esim.downloadAfterMs + ENABLED_AFTER_MS;
	if (due > Math.min(now, esim.terminatedAt ?? Infinity))
		return { activeAt: undefined, expireAt: undefined };
	return { activeAt: due, expireAt: due + order.plan.day * DAY_MS - 1000 };
}

/** eventDetail entries up to `now`, oldest first; none after a terminate. */
export function eventsOf(order: Order, esim: Esim, now: number): Array<Record<string, string>> {
	const until = Math.min(now, esim.terminatedAt ?? Infinity);
	const events = EVENTS.map(({ type, afterMs }) => ({
		type: type as string,
		at: order.readyAt + esim.downloadAfterMs + afterMs,
	}));
	if (esim.deletedAfterMs !== undefined)
		events.push({ type: 'DELETE', at: order.readyAt + esim.deletedAfterMs });
	return events
		.filter(({ at }) => at <= until)
		.map(({ type, at }) => ({
			event_date: chinaTime(at),
			eid: esim.eid,
			notification_status: 'Executed-Success',
			notify_type: type,
		}));
}

/** Usage per UTC+8 day, newest first, growing with the clock and late by the lag (API document: deviceDetail). */
export function usageOf(
	order: Order,
	esim: Esim,
	now: number,
): { total: string; daily: Array<Record<string, string>> } {
	const { activeAt, expireAt } = activityOf(order, esim, now);
	const firstUse = Math.max(
		activeAt ?? Infinity,
		order.readyAt + esim.downloadAfterMs + ENABLED_AFTER_MS,
	);
	const until = Math.min(now - USAGE_LAG_MS, expireAt ?? Infinity, esim.terminatedAt ?? Infinity);
	const daily: Array<Record<string, string>> = [];
	let totalKilobytes = 0;
	for (let from = firstUse; from < until; from = startOfChinaDay(from) + DAY_MS) {
		const to = Math.min(until, startOfChinaDay(from) + DAY_MS);
		const bursts = (esim.bursts ?? [])
			.filter(({ at }) => at >= from && at < to)
			.reduce((sum, burst) => sum + burst.kilobytes, 0);
		const kilobytes = ((to - from) / HOUR_MS) * esim.kilobytesPerHour + bursts;
		totalKilobytes += kilobytes;
		daily.unshift({
			date: chinaTime(from).slice(0, 10),
			total_usage: (kilobytes / 1024).toFixed(2),
			mcc: '286',
			mnc: '02',
			total_usage_kb: kilobytes.toFixed(3),
		});
	}
	return { total: totalKilobytes === 0 ? '0' : (totalKilobytes / 1024).toFixed(1), daily };
}
