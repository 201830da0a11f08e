import type { IExecuteFunctions } from 'n8n-workflow';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { nodeOf } from '../context';
import type { State } from '../once/store';
import { isStopped, pause } from '../pause';

/** Shops see orders take over 15 s; whose order takes longer than this was probably killed before it could tell. */
const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** A look into a list writes for some milliseconds, in a busy process for longer. */
const LISTED_PAUSE_MS = 200;
const LOOKS_AT_LISTED = 3;

/** Nodes of executions that have waited in vain: many numbers of a killed process would hold up all others. */
const impatient = new Map<string, true>();
const MOST_IMPATIENT = 1_000;

/**
 * Waits for the order that has taken a number, which may be on its way in another process of n8n: nobody tells this
 * one when it is answered, so n8n's database is asked again and again. Only the first wait of a node in an execution
 * may be in vain. What is found in a list may only stand there for the moment of another process's look.
 *
 * @param first the number's state at first
 * @param look asks for it again; while it cannot say, it counts as taken
 * @returns the state that its order came to; `taken` where nobody has told
 */
export async function endElsewhere(
	context: IExecuteFunctions,
	first: State,
	look: () => Promise<State>,
): Promise<State> {
	const who = JSON.stringify([
		context.getExecutionId(),
		context.getWorkflow().id,
		nodeOf(context).id,
	]);
	const start = Date.now();
	let state = first;
	for (let again = 0; state === 'listed' && again < LOOKS_AT_LISTED; again++)
		if (await pause(context, LISTED_PAUSE_MS)) state = await look().catch(() => state);
	for (
		let wait = FIRST_PAUSE_MS;
		state === 'taken';
		wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)
	) {
		if (impatient.has(who) || isStopped(context)) return state;
		await pause(context, wait);
		state = await look().catch((): State => 'taken');
		if (Date.now() - start < PATIENCE_MS) continue;
		impatient.set(who, true);
		dropOldest(impatient, MOST_IMPATIENT);
	}
	return state;
}
