import type { IExecuteFunctions } from 'n8n-workflow';

import type { State } from '../once/store';
import { isStopped, pause } from '../pause';

/** Shops see orders take over 15 s; whose order takes longer than this was probably killed before it could tell. */
const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;

/** Runs that have waited for a number in vain: one of many that a killed process left would hold up all others. */
const impatient = new WeakSet<IExecuteFunctions>();

/**
 * Waits for the order that has taken a number, which may be on its way in another process of n8n: nobody tells this
 * one when it is answered, so n8n's database is asked again and again. Only the first wait of a run may be in vain.
 *
 * @param look asks for the number's state
 * @returns the state that its order came to; `taken` where nobody has told
 * @throws what `look` throws
 */
export async function endElsewhere(
	context: IExecuteFunctions,
	look: () => Promise<State>,
): Promise<State> {
	const start = Date.now();
	for (
		let wait = FIRST_PAUSE_MS;
		!impatient.has(context);
		wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)
	) {
		await pause(context, wait);
		const state = await look();
		if (state !== 'taken' || isStopped(context)) return state;
		if (Date.now() - start >= PATIENCE_MS) impatient.add(context);
	}
	return 'taken';
}
