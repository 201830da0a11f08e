import { planIdOf, type VendorPlan } from '../answers/plan';
import { PagesAhead, type ReadPage } from './ahead';
import type { Page } from './pages';

/** Pages in a row that may bring nothing new, plans having moved, before the catalogue counts as read. */
const STALE_PAGES = 10;
/** The same where they are alike, too: a server that takes no notice of the page number. */
const REPEATED_PAGES = 2;

/**
 * Turns the pages of a catalogue once, from the first to the last. A plan is met once, even where plans come and go
 * while the pages are turned; and turning ends, even where the pages never do.
 */
export class Reading<Kept> {
	/** What is kept of the plans that were new on each page, in order. */
	readonly turned: Kept[][] = [];

	private readonly met = new Set<string>();

	private readonly pages = new PagesAhead();

	private stale = 0;

	private repeated = 0;

	private before: (Pick<Page, 'total'> & { ids: string[] }) | undefined;

	private ended = false;

	private turning: Promise<void> = Promise.resolve();

	/** @param keep what is to be kept of the new plans of a page */
	constructor(private readonly keep: (plans: VendorPlan[]) => Kept[]) {}

	/** Whether all pages were turned. */
	get isComplete(): boolean {
		return this.ended;
	}

	/**
	 * Turns to a page, unless it was turned before. Readers at the same time share one request.
	 *
	 * @param index its place in `turned`: the next that is free
	 * @param read reads it, and those after it that are read ahead
	 * @param needed how many more pages will be asked for, where that can be said; Infinity for all there are
	 * @throws what the request came to; the page is read again next time
	 */
	async turnTo(index: number, read: ReadPage, needed?: number): Promise<void> {
		const turned = this.turning.then(async () => {
			if (this.ended || index < this.turned.length) return;
			const page = await this.pages.next(read, needed);
			const ids = page.plans.map(planIdOf);
			const plans = page.plans.filter((_plan, place) => this.isNew(ids[place]!));
			const named = ids.filter((id) => id !== '').length;
			if (plans.length === 0 || plans.length < named) this.pages.startOver();
			this.judge(page, ids, plans.length === 0);
			this.turned.push(this.keep(plans));
		});
		this.turning = turned.catch(() => {});
		await turned;
	}

	private isNew(id: string): boolean {
		if (id === '' || this.met.has(id)) return false;
		this.met.add(id);
		return true;
	}

	private judge({ more, total }: Page, ids: string[], isStale: boolean): void {
		// Where the number of plans changed, they moved.
		const isAlike =
			isStale && total === this.before?.total && ids.join() === this.before.ids.join();
		this.stale = isStale ? this.stale + 1 : 0;
		this.repeated = isAlike ? this.repeated + 1 : 0;
		this.before = { ids, total };
		this.ended = !more || this.stale === STALE_PAGES || this.repeated === REPEATED_PAGES;
	}
}
