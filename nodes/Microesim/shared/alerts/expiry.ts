import { inVendorZone, timeInWords } from '../answers/times';
import type { Ladder, Wish } from './alert';
import { isTerminated, type Esim } from './esim';
import type { PlanFacts } from './planFacts';

const DAY_MS = 86_400_000;

/** When an eSIM runs out, and by what. */
interface End {
	by: 'validity' | 'install_deadline';
	/** Milliseconds since 1970. */
	at: number;
}

/**
 * Whether an eSIM runs out soon, or has: once it is active by its `expire_time`, before that by the days in which it
 * must be installed. An `expire_time` of an eSIM that was never active says nothing, whatever its `status` says.
 */
export function expiry(esim: Esim, plan: PlanFacts, { daysBefore }: Wish, now: number): Ladder {
	const end = endOf(esim, plan, now);
	if (end === undefined || isTerminated(esim, now)) return [];
	const left = end.at - now;
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
	if (left > daysBefore * DAY_MS) return [];
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

function endOf(
	{ activeAt, expireAt, createdAt, megabytes }: Esim,
	{ validityDays }: PlanFacts,
	now: number,
): End | undefined {
	// Data is used by an active eSIM, also where nobody says since when.
	if ((activeAt !== null && activeAt <= now) || (megabytes ?? 0) > 0)
		return expireAt === null ? undefined : { by: 'validity', at: expireAt };
	if (createdAt === null || validityDays === null || validityDays === undefined) return undefined;
	return { by: 'install_deadline', at: createdAt + validityDays * DAY_MS };
}
