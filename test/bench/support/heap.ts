import { setTimeout as after } from 'node:timers/promises';

/** What is in use now, bytes; without --expose-gc garbage counts, too. */
export function heapInUse(): number {
	global.gc?.();
	return process.memoryUsage().heapUsed;
}

/** The same, after what is weakly held has had the turns it takes to go. */
export async function settledHeap(): Promise<number> {
	for (let turn = 0; turn < 4; turn++) {
		heapInUse();
		await after(20);
	}
	return heapInUse();
}
