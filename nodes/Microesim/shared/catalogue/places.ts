import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { planIdOf, type VendorPlan } from '../answers/plan';

const KEPT_ACCOUNTS = 4;
const KEPT_PLANS = 50_000;

/**
 * On which page of an account's catalogue plans were last seen, in pages of the largest size. Only where to look
 * first: plans move, so nothing is decided by it.
 */
export class Places {
	private readonly pages = new Map<string, number>();

	note(pageNo: number, plans: VendorPlan[]): void {
		for (const plan of plans) {
			const id = planIdOf(plan);
			this.pages.delete(id);
			this.pages.set(id, pageNo);
		}
		dropOldest(this.pages, KEPT_PLANS);
	}

	/** The pages where a plan may be, the likeliest first; none for a plan that was never seen. */
	pagesFor(planId: string): number[] {
		const pageNo = this.pages.get(planId);
		return pageNo === undefined ? [] : [pageNo, pageNo - 1, pageNo + 1].filter((page) => page > 0);
	}
}

const ofAccounts = new Map<string, Places>();

/** What this process knows of an account's catalogue. @param account its name by `accountOf` */
export function placesOf(account: string): Places {
	const places = ofAccounts.get(account) ?? new Places();
	ofAccounts.delete(account);
	ofAccounts.set(account, places);
	dropOldest(ofAccounts, KEPT_ACCOUNTS);
	return places;
}
