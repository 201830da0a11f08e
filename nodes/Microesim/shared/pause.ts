import { sleep } from 'n8n-workflow';

import type { RequestContext } from './transport/send';

/**
 * Waits, but no longer than the execution is wanted: stopping it in the editor ends the wait.
 *
 * @param ms milliseconds
 * @returns false when the execution was stopped meanwhile
 */
export async function pause(context: RequestContext, ms: number): Promise<boolean> {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (!signal) {
		await sleep(ms);
		return true;
	}
	let stop = () => {};
	const stopped = new Promise<void>((resolve) => {
		stop = resolve;
		signal.addEventListener('abort', stop);
	});
	if (!signal.aborted) await Promise.race([sleep(ms), stopped]);
	signal.removeEventListener('abort', stop);
	return !signal.aborted;
}
