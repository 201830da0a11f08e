/** Real-time pauses that all end at once when the simulator stops. */
export class Waits {
	private open = new Set<() => void>();

	/** Resolves with true after `ms`, or with false as soon as `endEarly` fires or the simulator stops. */
	wait(ms: number, endEarly: AbortSignal): Promise<boolean> {
		return new Promise((resolve) => {
			const end = (inTime: boolean) => {
				clearTimeout(timer);
				this.open.delete(giveUp);
				endEarly.removeEventListener('abort', giveUp);
				resolve(inTime);
			};
			const giveUp = () => end(false);
			const timer = setTimeout(() => end(true), ms);
			this.open.add(giveUp);
			endEarly.addEventListener('abort', giveUp);
		});
	}

	stop(): void {
		for (const giveUp of [...this.open]) giveUp();
	}
}
