import type { VendorPlan } from '../answers/plan';
import { LARGEST_PAGE, readPage } from '../catalogue/pages';
import { Reading } from '../catalogue/reading';
import type { RequestContext } from '../context';
import { accountOf } from '../transport/account';

/** A catalogue, and whether it is all of it. */
export interface WholeCatalogue {
	plans: VendorPlan[];
	/** Undefined where it is complete; otherwise what was found in place of what MicroeSIM says there is. */
	incomplete?: string;
}

/**
 * Reads the whole catalogue for a comparison.
 *
 * @throws NodeApiError when a page cannot be read
 */
export async function readAll(context: RequestContext): Promise<WholeCatalogue> {
	const account = await accountOf(context, 0);
	const reading = new Reading((plans) => plans);
	const totals = new Set<number | null>();
	// A page that was read too early is read again.
	const counts = new Map<number, number>();
	let pages = 0;
	const page = async (pageNo: number, whenLimited: () => void) => {
		const asked = { pageNo, pageSize: LARGEST_PAGE };
		const answer = await readPage(context, account, asked, 0, whenLimited);
		totals.add(answer.total);
		counts.set(pageNo, answer.plans.length);
		pages = answer.totalPages ?? 0;
		return answer;
	};
	while (!reading.isComplete) await reading.turnTo(reading.turned.length, page, Infinity);
	const plans = reading.turned.flat();
	const read = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const [total = null] = totals;
	const isWhole =
		totals.size === 1 && (total === null || read === total) && reading.turned.length >= pages;
	const found = `${read} plans on ${reading.turned.length} pages in place of ${[...totals].join(' or ')} on ${pages}`;
	return isWhole ? { plans } : { plans, incomplete: found };
}
