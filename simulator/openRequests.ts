/** Counts the requests that are being answered at the same time. */
export class OpenRequests {
	private open = new Map<string, number>();

	private most = new Map<string, number>();

	private waiting = new Set<() => void>();

	/** A request to `endpoint` came in; call what is returned when its answer is about to go out, or never will. */
	begin(endpoint: string): () => void {
		const names = endpoint === '' ? [''] : ['', endpoint];
		for (const name of names) this.count(name, 1);
		let begun = true;
		return () => {
			if (begun) for (const name of names) this.count(name, -1);
			begun = false;
		};
	}

	/** The largest number at once since `forget`, to one endpoint or to all. */
	mostAt(endpoint = ''): number {
		return this.most.get(endpoint) ?? 0;
	}

	/** Resolves with true once `count` were open at the same time, or with false as soon as `endEarly` fires. */
	async reached(endpoint: string, count: number, endEarly: AbortSignal): Promise<boolean> {
		while (this.mostAt(endpoint) < count && !endEarly.aborted) {
			await new Promise<void>((resolve) => {
				this.waiting.add(resolve);
				endEarly.addEventListener('abort', () => resolve(), { once: true });
			});
		}
		return !endEarly.aborted;
	}

	/** Starts over with those that are open now. */
	forget(): void {
		this.most = new Map(this.open);
	}

	private count(name: string, by: number): void {
		const open = (this.open.get(name) ?? 0) + by;
		this.open.set(name, open);
		if (open <= this.mostAt(name)) return;
		this.most.set(name, open);
		for (const look of this.waiting) look();
		this.waiting.clear();
	}
}
