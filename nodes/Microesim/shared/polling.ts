import { pause } from './pause';
import type { RequestContext } from './transport/send';

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10_000;
const GROWTH = 1.4;

/**
 * Looks again and again, with growing pauses, until it is ready or the time is over.
 *
 * @param look one look, true when it is ready; what it throws ends the polling
 * @param maximumMs milliseconds from now after which no further look is taken
 * @returns whether it was ready; false when the time was over or the execution was stopped
 */
export async function poll(
	context: RequestContext,
	look: () => Promise<boolean>,
	maximumMs: number,
): Promise<boolean> {
	const deadline = Date.now() + maximumMs;
	for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * GROWTH, LONGEST_PAUSE_MS)) {
		if (await look()) return true;
		const left = deadline - Date.now();
		const jittered = wait * (0.8 + Math.random() * 0.4);
		if (left <= 0 || !(await pause(context, Math.min(jittered, left)))) return false;
	}
}
