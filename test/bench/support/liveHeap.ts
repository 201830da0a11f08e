import { setTimeout as after } from 'node:timers/promises';

/** What is in use, bytes: garbage counts only without --expose-gc. What is weakly held takes some turns to go. */
export async function liveHeap(): Promise<number> {
	for (let turn = 0; turn < 4; turn++) {
		global.gc?.();
		await after(20);
	}
	return process.memoryUsage().heapUsed;
}
