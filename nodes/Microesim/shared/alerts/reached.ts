import type { Ladder, Wish } from './alert';
import { dataUsed } from './dataUsed';
import type { Esim } from './esim';
import { expiry } from './expiry';
import { lifeOf } from './life';
import type { Seen } from './seen';

/** Whether the plan of an eSIM decides about something that a user asks to be told. */
export const needsPlan = ({ megabytes, days, activeAt }: Esim, { kinds }: Wish): boolean =>
	(kinds.has('data_used') && ((megabytes ?? 0) > 0 || days.size > 0)) ||
	(activeAt === null && (kinds.has('expires_soon') || kinds.has('expired'))) ||
	(kinds.has('first_used') && activeAt !== null && (megabytes ?? 0) === 0);

/** Whether something is asked that only the phone's events tell: also whether what must be installed soon, is. */
export const needsEvents = (seen: Seen, wish: Wish): boolean =>
	wish.kinds.has('installed') ||
	wish.kinds.has('deleted') ||
	expiry(seen, wish).some(
		({ kind, measured }) => wish.kinds.has(kind) && measured.expires_by === 'install_deadline',
	);

/**
 * All that has come about with an eSIM so far, and that a user asks to be told: of alerts that include others, the
 * lowest first.
 *
 * @param allowance megabytes, for plans that name none
 */
export function reached(seen: Seen, wish: Wish, allowance: number | undefined): Ladder[] {
	const { esim, events, plan, at } = seen;
	const ladders: Ladder[] = [
		...lifeOf(esim, events, plan, at).map((alert) => [alert]),
		...dataUsed(esim, plan, wish, allowance, at),
		expiry(seen, wish),
	];
	return ladders
		.map((ladder) => ladder.filter(({ kind }) => wish.kinds.has(kind)))
		.filter((ladder) => ladder.length > 0);
}
