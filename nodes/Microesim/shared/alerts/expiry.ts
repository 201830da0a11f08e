import { inVendorZone, timeInWords } from '../answers/times';
import type { Ladder, Wish } from './alert';
import { isTerminated, ownEvents } from './esim';
import type { Seen } from './seen';

const DAY_MS = 86_400_000;

/** When an eSIM runs out, and by what. */
interface End {
	by: 'validity' | 'install_deadline';
	/** Milliseconds since 1970. */
	at: number;
	/** When the time began that ends then, where that is known. */
	from: number | null;
}

/**
 * Whether an eSIM runs out soon, or has: once it is active by its `expire_time`, before that by the days in which it
 * must be installed, unless the phone has installed it. An `expire_time` of an eSIM that was never active says nothing,
 * whatever its `status` says. What has not gone by half does not end soon: else a plan of a day would with its first use.
 */
export function expiry(seen: Seen, { daysBefore, daysToInstall }: Wish): Ladder {
	const end = endOf(seen, daysToInstall);
	if (end === undefined || isTerminated(seen.esim, seen.at)) return [];
	const left = end.at - seen.at;
	const measured = {
		expires_by: end.by,
		expires_at: inVendorZone(end.at),
		days_left: Math.max(0, Math.round((left / DAY_MS) * 10) / 10),
	};
	if (left <= 0)
		return [
			{
				kind: 'expired',
				mark: end.by,
				text: `${WHAT[end.by].over} ${timeInWords(end.at)}.`,
				measured: { threshold: null, ...measured },
			},
		];
	const half = end.from === null ? Infinity : (end.at - end.from) / 2;
	if (left > Math.min(daysBefore * DAY_MS, half)) return [];
	return [
		{
			kind: 'expires_soon',
			mark: `${end.by} ${daysBefore}`,
			text: `${WHAT[end.by].soon} ${timeInWords(end.at)}.`,
			measured: { threshold: daysBefore, ...measured },
		},
	];
}

const WHAT = {
	validity: { soon: 'The eSIM runs out at', over: 'The eSIM has run out at' },
	install_deadline: {
		soon: 'The eSIM is not in use yet, and must be installed until',
		over: 'The eSIM was not used, and could be installed until',
	},
} as const;

function endOf({ esim, events, plan, at }: Seen, given: number | undefined): End | undefined {
	const { activeAt, expireAt, createdAt, megabytes } = esim;
	// Data is used by an active eSIM, also where nobody says since when.
	if ((activeAt !== null && activeAt <= at) || (megabytes ?? 0) > 0)
		return expireAt === null ? undefined : { by: 'validity', at: expireAt, from: activeAt };
	if (ownEvents(esim, events).some(({ type }) => type === 'INSTALLED')) return undefined;
	const days = plan.validityDays ?? given;
	if (createdAt === null || days === undefined) return undefined;
	return { by: 'install_deadline', at: createdAt + days * DAY_MS, from: createdAt };
}
