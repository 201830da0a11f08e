/** What can happen around a shop. */
export type Happening =
	| 'MicroeSIM is down'
	| 'answer is lost'
	| 'mail server is down'
	| 'Shopify is down'
	| 'n8n is restarted'
	| 'n8n is killed'
	| 'look'
	| 'price'
	| 'off sale'
	| 'top-up'
	| 'pushed again'
	| 'row deleted'
	| 'paid again'
	| 'run retried'
	| 'doubt decided';

/** Something that happened, and when: milliseconds since 1970, by the computer's clock. */
export interface Entry {
	what: Happening;
	from: number;
	to: number;
	/** Which one, such as an order or a plan. */
	which: string;
}

/** What was done to the shop and its world, as it was done. */
export class Journal {
	readonly entries: Entry[] = [];

	/** Writes down what takes no time. */
	note(what: Happening, which = ''): void {
		const now = Date.now();
		this.entries.push({ what, from: now, to: now, which });
	}

	/** Writes down what lasts; while it does, its end is not known yet. */
	async during(what: Happening, which: string, lasts: () => Promise<unknown>): Promise<void> {
		const entry: Entry = { what, from: Date.now(), to: Infinity, which };
		this.entries.push(entry);
		try {
			await lasts();
		} finally {
			entry.to = Date.now();
		}
	}
}
