import { sleep } from 'n8n-workflow';

import type { RequestContext } from './context';

/** n8n's sleep cannot be ended early, so none is long. */
const LONGEST_SLEEP_MS = 250;

/**
 * Waits, but no longer than the execution is wanted: stopping it in the editor ends the wait.
 *
 * @param ms milliseconds
 * @returns false when the execution was stopped meanwhile
 */
export async function pause(context: RequestContext, ms: number): Promise<boolean> {
	const end = Date.now() + Math.ceil(ms);
	for (let left = ms; left > 0 && !isStopped(context); left = end - Date.now()) {
		await sleep(Math.min(left, LONGEST_SLEEP_MS));
	}
	return !isStopped(context);
}

const GLANCE_MS = 50;

/**
 * Waits for work that nobody needs for long: no longer than so many milliseconds, nor than the execution is wanted.
 *
 * @param ms milliseconds
 * @throws what the work throws in that time
 */
export async function waitAtMost(
	context: RequestContext,
	ms: number,
	work: Promise<unknown>,
): Promise<void> {
	const deadline = Date.now() + ms;
	const goOn = work.then(() => false);
	// After the time is over nobody waits for it any more.
	goOn.catch(() => {});
	while (Date.now() < deadline) {
		if (!(await Promise.race([goOn, pause(context, GLANCE_MS)]))) return;
	}
}

/** Whether somebody, or a time limit, has stopped the execution. */
export const isStopped = (context: RequestContext): boolean =>
	'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true;
