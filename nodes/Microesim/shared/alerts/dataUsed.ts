import { amountInWords } from '../answers/plan';
import { inVendorZone } from '../answers/times';
import type { Alert, Ladder, Wish } from './alert';
import type { Esim } from './esim';
import type { PlanFacts } from './planFacts';

const DAY_MS = 86_400_000;

/** What was used in a time for which the plan has an allowance. */
interface Usage {
	/** The day of a daily plan, undefined of others. */
	day?: string;
	megabytes: number;
}

/**
 * The percents of an eSIM's allowance that are used up: of a daily plan for each day by itself, yesterday included,
 * because MicroeSIM says 30 to 60 minutes later what was used.
 *
 * @param given megabytes, where the user says what counts as the allowance; it is used where the plan says none
 * @see API document, deviceDetail: `data_usage`, `data_usage_daily`
 */
export function dataUsed(
	esim: Esim,
	plan: PlanFacts,
	{ percents }: Wish,
	given: number | undefined,
	now: number,
): Ladder[] {
	const allowance = plan.allowance ?? given ?? null;
	if (allowance === null || allowance <= 0) return [];
	const isDaily = plan.isDaily ?? esim.isDaily ?? false;
	return usagesOf(esim, isDaily, now).map((usage) =>
		percents
			.filter((percent) => usage.megabytes * 100 >= percent * allowance)
			.map((percent) => alertOf(usage, percent, allowance)),
	);
}

function usagesOf({ megabytes, days }: Esim, isDaily: boolean, now: number): Usage[] {
	if (!isDaily) return megabytes === null ? [] : [{ megabytes }];
	return [now, now - DAY_MS].flatMap((moment) => {
		const day = inVendorZone(moment).slice(0, 10);
		const used = days.get(day);
		return used === undefined ? [] : [{ day, megabytes: used }];
	});
}

function alertOf({ day, megabytes }: Usage, percent: number, allowance: number): Alert {
	const of = day === undefined ? '' : ` of ${day}`;
	const used = Math.round((megabytes / allowance) * 1000) / 10;
	return {
		kind: 'data_used',
		mark: [day ?? 'total', percent].join(' '),
		text: `${percent}% of the data${of} is used: ${amountInWords(Math.round(megabytes))} of ${amountInWords(allowance)}.`,
		measured: {
			threshold: percent,
			used_percent: used,
			used_mb: megabytes,
			allowance_mb: allowance,
			usage_day: day ?? null,
		},
	};
}
