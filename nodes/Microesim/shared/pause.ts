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
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const end = Date.now() + Math.ceil(ms);
	for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, LONGEST_SLEEP_MS));
	}
	return !signal?.aborted;
}
