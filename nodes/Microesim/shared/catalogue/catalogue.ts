import { planIdOf, type VendorPlan } from '../answers/plan';
import type { RequestContext } from '../context';
import { LARGEST_PAGE, readFullList, readPage, type Page } from './pages';

/** Pages in a row that may bring nothing new, plans having moved, before the catalogue counts as read. */
const STALE_PAGES = 10;
/** The same where they are alike, too: a server that takes no notice of the page number. */
const REPEATED_PAGES = 2;

/** How the catalogue is read. */
export interface CatalogueSource {
	source: 'paged' | 'fullList';
	pageSize: number;
}

/**
 * The catalogue of plans, read no further than it is looked at. A plan is met once, even where plans
 * come and go while the pages are turned; and turning ends, even where the pages never do.
 */
export class Catalogue {
	private readonly known = new Map<string, VendorPlan>();

	private readonly inOrder: VendorPlan[] = [];

	private nextPage = 1;

	private stale = 0;

	private repeated = 0;

	private lastPage = '';

	private complete = false;

	private reading: Promise<void> = Promise.resolve();

	constructor(
		private readonly from: CatalogueSource = { source: 'paged', pageSize: LARGEST_PAGE },
	) {}

	/** The plans one after another, from position `start` on; a page is read when it is needed. */
	async *plans(context: RequestContext, itemIndex: number, start = 0): AsyncGenerator<VendorPlan> {
		for (let position = start; ; position++) {
			while (position >= this.inOrder.length && !this.complete) {
				await this.readMore(context, itemIndex, position);
			}
			const plan = this.inOrder[position];
			if (plan === undefined) return;
			yield plan;
		}
	}

	/** @returns the plan of that id, or undefined where the whole catalogue does not hold it */
	async find(
		context: RequestContext,
		planId: string,
		itemIndex: number,
	): Promise<VendorPlan | undefined> {
		const known = this.known.get(planId);
		if (known) return known;
		for await (const plan of this.plans(context, itemIndex, this.inOrder.length)) {
			if (planIdOf(plan) === planId) return plan;
		}
		return this.known.get(planId);
	}

	/** Readers at the same time share one request instead of turning two pages. */
	private async readMore(
		context: RequestContext,
		itemIndex: number,
		position: number,
	): Promise<void> {
		const turn = this.reading.then(async () => {
			if (position < this.inOrder.length || this.complete) return;
			this.take(
				this.from.source === 'fullList'
					? await readFullList(context, itemIndex)
					: await readPage(context, this.nextPage, this.from.pageSize, itemIndex),
			);
		});
		this.reading = turn.catch(() => {});
		await turn;
	}

	private take({ plans, more }: Page): void {
		const before = this.inOrder.length;
		for (const plan of plans) {
			const id = planIdOf(plan);
			if (id === '' || this.known.has(id)) continue;
			this.known.set(id, plan);
			this.inOrder.push(plan);
		}
		this.nextPage++;
		this.stale = this.inOrder.length === before ? this.stale + 1 : 0;
		const page = plans.map(planIdOf).join();
		this.repeated = page === this.lastPage ? this.repeated + 1 : 0;
		this.lastPage = page;
		this.complete = !more || this.stale === STALE_PAGES || this.repeated === REPEATED_PAGES;
	}
}

const ofRun = new WeakMap<object, Catalogue>();

/** The catalogue all items of one run share, so that a run reads it once. */
export function catalogueOfRun(context: RequestContext): Catalogue {
	const known = ofRun.get(context);
	if (known) return known;
	const catalogue = new Catalogue();
	ofRun.set(context, catalogue);
	return catalogue;
}
