import type { Page } from './pages';

/** Pages on their way at the same time, at most. */
const MOST_AT_ONCE = 6;
/** After plans have moved, so many pages are read one by one, until they stand still. */
const CAREFUL_PAGES = 3;

/** Reads one page. @param whenLimited is called each time MicroeSIM says that it is asked too much */
export type ReadPage = (pageNo: number, whenLimited: () => void) => Promise<Page>;

type Outcome = { page: Page } | { error: unknown };

interface Asked {
	outcome: Promise<Outcome>;
	/** How many pages had been handed out by then. */
	behind: number;
	/** Whether no other page was on its way. */
	alone: boolean;
}

/**
 * Hands out the pages of a catalogue in their order, and reads some of them ahead: one at first, then two, four and
 * six at a time where all are needed. Where they may not be needed, no more than were looked at before, so that what
 * is read in vain never outgrows what was not. "Too many requests" halves what is read ahead.
 *
 * Answers overtake each other, and plans move meanwhile. So a page counts only if it was asked for after the one
 * before it was there, as if pages were read one by one, or if both tell of the same number of plans.
 */
export class PagesAhead {
	private readonly onTheWay = new Map<number, Asked>();

	private taken = 0;

	private lastPage = 1;

	private total: number | null = null;

	private whereNeeded = 1;

	private whereNot = 0;

	private most = MOST_AT_ONCE;

	private oneByOne = 0;

	/**
	 * The next page.
	 *
	 * @param read reads it, and those after it
	 * @param needed how many more pages will be asked for, where that can be said
	 * @throws what reading it alone came to; the same page is tried again next time
	 */
	async next(read: ReadPage, needed: number | undefined): Promise<Page> {
		const pageNo = this.taken + 1;
		this.ask(read, pageNo, this.atOnce(needed));
		const page = await this.arrived(read, pageNo);
		this.taken = pageNo;
		if (page.total !== this.total) this.oneByOne = pageNo === 1 ? 0 : CAREFUL_PAGES;
		else this.oneByOne = Math.max(0, this.oneByOne - 1);
		this.total = page.total;
		this.lastPage = page.total === null ? 0 : (page.totalPages ?? 0);
		this.whereNeeded = Math.min(2 * this.whereNeeded, MOST_AT_ONCE);
		this.whereNot++;
		return page;
	}

	/** What was read ahead does not count, and the next pages are read one by one: plans move, or there is no end. */
	startOver(): void {
		this.onTheWay.clear();
		this.whereNeeded = this.whereNot = 1;
		this.oneByOne = CAREFUL_PAGES;
	}

	private atOnce(needed: number | undefined): number {
		if (this.oneByOne > 0) return 1;
		const wanted = needed === undefined ? this.whereNot : Math.min(this.whereNeeded, needed);
		return Math.max(1, Math.min(wanted, this.most, this.lastPage - this.taken));
	}

	private ask(read: ReadPage, first: number, count: number): void {
		for (let pageNo = first; pageNo < first + count; pageNo++) {
			if (this.onTheWay.has(pageNo)) continue;
			const outcome = read(pageNo, this.halve).then(
				(page) => ({ page }),
				(error: unknown) => ({ error }),
			);
			const alone = count === 1 && this.onTheWay.size === 0;
			this.onTheWay.set(pageNo, { outcome, behind: this.taken, alone });
		}
	}

	private async arrived(read: ReadPage, pageNo: number): Promise<Page> {
		const { outcome, behind, alone } = this.onTheWay.get(pageNo)!;
		const came = await outcome;
		this.onTheWay.delete(pageNo);
		if ('page' in came && (behind === pageNo - 1 || came.page.total === this.total)) {
			return came.page;
		}
		if ('error' in came) {
			this.most = 1;
			if (alone) throw came.error;
			// Once more by itself: MicroeSIM may not stand so many.
			await Promise.all([...this.onTheWay.values()].map((other) => other.outcome));
		}
		this.startOver();
		return await read(pageNo, this.halve);
	}

	private readonly halve = (): void => {
		this.most = Math.max(1, Math.floor(this.most / 2));
	};
}
