import type { RequestContext } from '../context';
import { pause } from '../pause';

/** When looks are taken, in milliseconds since the first moment. */
export interface Pace {
	/** How long to wait before the first look. */
	firstPauseMs: number;
	/** How long to wait after a look, by the time that has passed; spread by a tenth up or down. */
	pauseMs: (elapsedMs: number) => number;
	/** After this no further look is taken. */
	maximumMs: number;
}

/**
 * Looks again and again until it is ready or the time is over.
 *
 * @param look one look, true when it is ready; what it throws ends the wait
 * @returns whether it was ready; false when the time was over or the execution was stopped
 */
export async function waitUntil(
	context: RequestContext,
	look: () => Promise<boolean>,
	{ firstPauseMs, pauseMs, maximumMs }: Pace,
): Promise<boolean> {
	const start = Date.now();
	const left = () => start + maximumMs - Date.now();
	if (firstPauseMs > 0 && !(await pause(context, Math.min(firstPauseMs, left())))) return false;
	for (;;) {
		if (await look()) return true;
		const spread = pauseMs(Date.now() - start) * (0.9 + Math.random() * 0.2);
		if (left() <= 0 || !(await pause(context, Math.min(spread, left())))) return false;
	}
}
