import { dropOldest } from '../../../../../credentials/shared/dropOldest';

/** Copies of files that n8n keeps of pushes that came to nothing, within an hour and for one trigger: some 40 MB. */
const MOST_PER_HOUR = 10_000;
const HOUR_MS = 3_600_000;
const MOST_TRIGGERS = 1000;

/** What each trigger has had copied, since when. */
const spent = new Map<string, { since: number; files: number }>();

/**
 * Whether so many files more may be copied for a trigger. A stranger must not fill n8n's disk.
 *
 * @param trigger tells the trigger from others, so that pushes to one do not shut the others
 */
export function mayCopy(trigger: string, files: number): boolean {
	const now = Date.now();
	const before = spent.get(trigger);
	const hour = before && now - before.since <= HOUR_MS ? before : { since: now, files: 0 };
	if (hour.files + files > MOST_PER_HOUR) return false;
	hour.files += files;
	spent.set(trigger, hour);
	dropOldest(spent, MOST_TRIGGERS);
	return true;
}

/** Takes back files of a push that was true. */
export function forgive(trigger: string, files: number): void {
	const hour = spent.get(trigger);
	if (hour) hour.files = Math.max(0, hour.files - files);
}
