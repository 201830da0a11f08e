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
	next?: string;
}

/** Plans that stand between two places of the catalogue are shown together, the cheapest first. */
interface Batch {
	from: number;
	/** Where it ends; undefined until its plans were looked at. */
	to?: number;
	/** How many of its plans were shown. */
	shown: number;
}

const tokenOf = ({ from, to, shown }: Batch): string => [from, to ?? '', shown].join(':');

function batchOf(token: string | undefined): Batch {
	const [from, to, shown] = token?.split(':') ?? [];
	return { from: Number(from ?? 0), shown: Number(shown ?? 0), ...(to && { to: Number(to) }) };
}

/** The plans on sale, read no further than it is searched. */
class PlanList {
	readonly since = Date.now();

	private readonly reading = new Reading((plans) => plans.filter(isOnSale).map(listedPlan));

	constructor(private readonly account: string) {}

	/**
	 * @param typed "" finds everything
	 * @param token where to go on, as told before
	 */
	async search(context: RequestContext, typed: string, token?: string): Promise<Hits> {
		const batch = batchOf(token);
		const { found, to, isLast } = await this.hitsOf(context, planSearch(typed), batch);
		found.sort((one, other) => one.price - other.price || 0);
		const shown = batch.shown + SHOWN_AT_ONCE;
		const plans = found.slice(batch.shown, shown);
		if (shown < found.length) return { plans, next: tokenOf({ ...batch, to, shown }) };
		return isLast ? { plans } : { plans, next: tokenOf({ from: to, shown: 0 }) };
	}

	/** The hits of a batch. One without an end takes what is known, and reads on until there is enough to show. */
	private async hitsOf(
		context: RequestContext,
		fits: (plan: ListedPlan) => boolean,
		{ from, to = Infinity }: Batch,
	): Promise<{ found: ListedPlan[]; to: number; isLast: boolean }> {
		const { turned } = this.reading;
		const found: ListedPlan[] = [];
		let place = 0;
		for (let index = 0; place < to; index++) {
			if (index >= turned.length) {
				if (this.reading.isComplete || found.length >= ENOUGH_TO_SCROLL) break;
				await this.turnTo(context, index);
			}
			const page = turned[index] ?? [];
			if (place >= from) for (const plan of page) if (fits(plan)) found.push(plan);
			place += page.length;
		}
		return { found, to: place, isLast: this.reading.isComplete && place >= this.length };
	}

	private get length(): number {
		return this.reading.turned.reduce((sum, page) => sum + page.length, 0);
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
