import { pause } from './pause';
import type { RequestContext } from './transport/send';

/** What one look came to. */
export type Look<T> = { ready: boolean; value: T };

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10_000;
const GROWTH = 1.4;

/**
 * Looks again and again, with growing pauses, until it is ready or the time is over.
 *
 * @param look one look; what it throws ends the polling
 * @param maximumMs milliseconds from now after which no further look is taken
 * @returns the last look; it is not ready when the time was over or the execution was stopped
 */
export async function poll<T>(
	context: RequestContext,
	look: () => Promise<Look<T>>,
	maximumMs: number,
): Promise<Look<T>> {
	const deadline = Date.now() + maximumMs;
	for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * GROWTH, LONGEST_PAUSE_MS)) {
		const seen = await look();
		const left = deadline - Date.now();
		if (seen.ready || left <= 0) return seen;
		const jittered = wait * (0.8 + Math.random() * 0.4);
		if (!(await pause(context, Math.min(jittered, left)))) return seen;
	}
}
