import type { VendorPlan } from '../answers/plan';
import { LARGEST_PAGE, readPage } from '../catalogue/pages';
import { Reading } from '../catalogue/reading';
import type { RequestContext } from '../context';
import { accountOf } from '../transport/account';

/**
 * Reads the whole catalogue for a comparison.
 *
 * @param keep which plans to keep
 * @returns the plans; undefined where the catalogue changed while it was read, or ended before it was complete: then
 *   nothing can be said of what is not there
 * @throws NodeApiError when a page cannot be read
 */
export async function readAll(
	context: RequestContext,
	keep: (plan: VendorPlan) => boolean,
): Promise<VendorPlan[] | undefined> {
	const account = await accountOf(context, 0);
	const reading = new Reading((plans) => plans.filter(keep));
	const totals = new Set<number | null>();
	// A page that was read too early is read again.
	const counts = new Map<number, number>();
	const page = async (pageNo: number, whenLimited: () => void) => {
		const asked = { pageNo, pageSize: LARGEST_PAGE };
		const answer = await readPage(context, account, asked, 0, whenLimited);
		totals.add(answer.total);
		counts.set(pageNo, answer.plans.length);
		return answer;
	};
	while (!reading.isComplete) await reading.turnTo(reading.turned.length, page, Infinity);
	const [total = null] = totals;
	const read = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const isWhole = totals.size === 1 && (total === null || read === total);
	return isWhole ? reading.turned.flat() : undefined;
}
