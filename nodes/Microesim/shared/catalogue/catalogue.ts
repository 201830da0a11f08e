import { planIdOf, type VendorPlan } from '../answers/plan';
import { cleanText, textOrNull } from '../answers/text';
import type { RequestContext } from '../context';
import { accountOf } from '../transport/account';
import { LARGEST_PAGE, readFullList, readPage, type Page } from './pages';
import { placesOf, type Places } from './places';
import { Reading } from './reading';

/** How the catalogue is read. */
export interface CatalogueSource {
	source: 'paged' | 'fullList';
	pageSize: number;
}

/** The catalogue of plans as one run reads it: fresh, no further than it is looked at, and each page once. */
export class Catalogue {
	private readonly reading = new Reading((plans) => plans);

	private readonly known = new Map<string, VendorPlan>();

	/** Pages that were read by themselves, because a plan was seen there. */
	private readonly looked = new Map<number, Promise<Page>>();

	private noted = 0;

	private account: string | undefined;

	constructor(
		private readonly context: RequestContext,
		private readonly from: CatalogueSource = { source: 'paged', pageSize: LARGEST_PAGE },
	) {}

	/**
	 * The plans page by page.
	 *
	 * @param pagesNeeded how many more pages will be looked at, where that can be said
	 * @param isLast whether nobody looks at them after this: then no page is held longer than it is looked at
	 */
	async *plansByPage(
		itemIndex: number,
		pagesNeeded: () => number | undefined,
		isLast: boolean,
	): AsyncGenerator<readonly VendorPlan[]> {
		for (let index = 0; ; index++) {
			await this.turnTo(index, itemIndex, pagesNeeded());
			const plans = this.reading.turned[index];
			if (plans === undefined) return;
			yield plans;
			if (isLast) this.reading.turned[index] = [];
		}
	}

	/**
	 * A plan, looked for where plans were last seen, then everywhere.
	 *
	 * @param isOver ends the search early
	 * @returns undefined where the whole catalogue does not hold it, or the search was ended
	 */
	async find(
		planId: string,
		itemIndex: number,
		isOver: () => boolean = () => false,
	): Promise<VendorPlan | undefined> {
		const places = placesOf(await this.accountOfRun(itemIndex));
		if (!this.known.has(planId)) await this.lookInPlaces(places, planId, itemIndex);
		for (;;) {
			this.note(places);
			const plan = this.known.get(planId);
			if (plan || this.reading.isComplete || isOver()) return plan;
			await this.turnTo(this.reading.turned.length, itemIndex);
		}
	}

	/** Plans of this name, among those that were read: people take a plan's name for its ID. */
	named(name: string): VendorPlan[] {
		const wanted = cleanText(name).toLowerCase();
		return [...this.known.values()].filter(
			(plan) => textOrNull(plan.channel_dataplan_name)?.toLowerCase() === wanted,
		);
	}

	/** What cannot be read here is read, or told of, when all pages are turned. */
	private async lookInPlaces(places: Places, planId: string, itemIndex: number): Promise<void> {
		let lastPage = Infinity;
		for (const pageNo of places.pagesFor(planId)) {
			if (pageNo > lastPage) continue;
			const page = await this.lookAt(pageNo, itemIndex).catch(() => undefined);
			if (page === undefined) return;
			places.note(pageNo, page.plans);
			this.remember(page.plans);
			if (this.known.has(planId)) return;
			lastPage = page.totalPages ?? Infinity;
		}
	}

	private note(places: Places): void {
		const { turned } = this.reading;
		for (; this.noted < turned.length; this.noted++) {
			const plans = turned[this.noted]!;
			this.remember(plans);
			places.note(this.noted + 1, plans);
		}
	}

	private remember(plans: VendorPlan[]): void {
		for (const plan of plans) {
			const id = planIdOf(plan);
			if (!this.known.has(id)) this.known.set(id, plan);
		}
	}

	private async turnTo(index: number, itemIndex: number, pagesNeeded?: number): Promise<void> {
		await this.reading.turnTo(
			index,
			async (pageNo, whenLimited) =>
				this.from.source === 'fullList'
					? await readFullList(this.context, itemIndex)
					: await this.page({ pageNo, pageSize: this.from.pageSize }, itemIndex, whenLimited),
			pagesNeeded,
		);
	}

	private async lookAt(pageNo: number, itemIndex: number): Promise<Page> {
		const known = this.looked.get(pageNo);
		if (known) return await known;
		const page = this.page({ pageNo, pageSize: LARGEST_PAGE }, itemIndex);
		this.looked.set(pageNo, page);
		page.catch(() => this.looked.delete(pageNo));
		return await page;
	}

	private async page(
		asked: { pageNo: number; pageSize: number },
		itemIndex: number,
		whenLimited?: () => void,
	): Promise<Page> {
		const account = await this.accountOfRun(itemIndex);
		return await readPage(this.context, account, asked, itemIndex, whenLimited);
	}

	/** Asked for once: n8n reads a credential from its database each time. */
	private async accountOfRun(itemIndex: number): Promise<string> {
		this.account ??= await accountOf(this.context, itemIndex);
		return this.account;
	}
}

const ofRun = new WeakMap<object, Catalogue>();

/** The catalogue all items of one run share, so that a run reads it once. */
export function catalogueOfRun(context: RequestContext): Catalogue {
	const known = ofRun.get(context);
	if (known) return known;
	const catalogue = new Catalogue(context);
	ofRun.set(context, catalogue);
	return catalogue;
}
