import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { isOnSale } from '../answers/plan';
import type { RequestContext } from '../context';
import { accountOf } from '../transport/account';
import { listedPlan, planSearch, type ListedPlan } from './listedPlan';
import { LARGEST_PAGE, readPage } from './pages';
import { placesOf } from './places';
import { Reading } from './reading';

const KEPT_MS = 2 * 60 * 1000;
const KEPT_ACCOUNTS = 4;

const SHOWN_AT_ONCE = 100;
/** Fills the editor's list, which asks for more only when it is scrolled: so many hits are shown without reading on. */
const ENOUGH_TO_SCROLL = 20;

/** Some of the plans that were searched for, and where to go on. */
export interface Hits {
	plans: ListedPlan[];
	next?: number;
}

/** The plans on sale, read no further than it is searched. */
class PlanList {
	readonly since = Date.now();

	private readonly reading = new Reading((plans) => plans.filter(isOnSale).map(listedPlan));

	constructor(private readonly account: string) {}

	/**
	 * @param wanted in small letters, trimmed; "" finds everything
	 * @param start position of the first plan that is looked at
	 */
	async search(context: RequestContext, wanted: string, start: number): Promise<Hits> {
		const fits = planSearch(wanted);
		const { turned } = this.reading;
		const plans: ListedPlan[] = [];
		for (let [index, before] = [0, 0]; ; index++) {
			if (index === turned.length) {
				if (this.reading.isComplete) return { plans };
				if (wanted !== '' && plans.length >= ENOUGH_TO_SCROLL) return { plans, next: before };
				await this.turnTo(context, index);
			}
			const page = turned[index];
			if (!page) return { plans };
			for (let place = Math.max(0, start - before); place < page.length; place++) {
				if (plans.length === SHOWN_AT_ONCE) return { plans, next: before + place };
				if (fits(page[place]!)) plans.push(page[place]!);
			}
			before += page.length;
		}
	}

	/** Takes the first page of a newer list. @returns false where other plans stand on it: all may have moved */
	beginsAs({ reading: { turned } }: PlanList): boolean {
		const [first = []] = this.reading.turned;
		const [newer = []] = turned;
		const isSame =
			first.length === newer.length && first.every(({ id }, index) => id === newer[index]!.id);
		if (isSame) this.reading.turned[0] = newer;
		return isSame;
	}

	async turnTo(context: RequestContext, index: number): Promise<void> {
		await this.reading.turnTo(index, async (pageNo, whenLimited) => {
			const asked = { pageNo, pageSize: LARGEST_PAGE };
			const page = await readPage(context, this.account, asked, 0, whenLimited);
			placesOf(this.account).note(pageNo, page.plans);
			return page;
		});
	}
}

const kept = new Map<string, PlanList>();

/**
 * The plans that the account of a node can buy. They are kept for two minutes, so that typing and opening the list
 * again do not read them again; only the first page is, when the list is opened.
 *
 * @param isOpened whether the list was just opened
 */
export async function planListOf(context: RequestContext, isOpened: boolean): Promise<PlanList> {
	const account = await accountOf(context, 0);
	const known = kept.get(account);
	const isFresh = known !== undefined && Date.now() - known.since < KEPT_MS;
	if (isFresh && !isOpened) return known;
	const list = new PlanList(account);
	if (isFresh) {
		await list.turnTo(context, 0);
		if (known.beginsAs(list)) return known;
	}
	kept.delete(account);
	kept.set(account, list);
	dropOldest(kept, KEPT_ACCOUNTS);
	return list;
}
