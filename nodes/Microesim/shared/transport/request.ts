import type { RequestContext } from '../context';
import { pause } from '../pause';
import type { Endpoint } from './endpoints';
import type { Envelope } from './envelope';
import { failureOf } from './failure';
import { send, type Answer, type CallFields } from './send';

const REPEATS = 3;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends a call. Reads are repeated up to three times after a fault of the network, HTTP 429 or 5xx; calls
 * that change something never are.
 *
 * @param whenLimited is called for every answer that says MicroeSIM is asked too much (HTTP 429)
 * @returns the last answer, whatever it is
 */
export async function ask(
	context: RequestContext,
	endpoint: Endpoint,
	fields: CallFields,
	itemIndex: number,
	whenLimited: () => void = () => {},
): Promise<Answer> {
	for (let repeat = 0; ; repeat++) {
		const answer = await send(context, endpoint, fields, itemIndex);
		if ('httpStatus' in answer && answer.httpStatus === 429) whenLimited();
		if (!endpoint.repeatable || repeat === REPEATS || !mayPass(answer)) return answer;
		if (!(await pause(context, pauseBefore(repeat, answer)))) return answer;
	}
}

/**
 * Sends a call like `ask` and opens its envelope.
 *
 * @param whenLimited as for `ask`
 * @returns the envelope of a success
 * @throws NodeApiError that says what happened and what to do, with the item
 */
export async function request(
	context: RequestContext,
	endpoint: Endpoint,
	fields: CallFields,
	itemIndex: number,
	whenLimited?: () => void,
): Promise<Envelope> {
	const answer = await ask(context, endpoint, fields, itemIndex, whenLimited);
	if (answer.kind === 'success') return answer.envelope;
	throw failureOf(context, answer, endpoint, itemIndex);
}

/** Whether the same call could go through a moment later. */
export function mayPass(answer: Answer): boolean {
	if (answer.kind === 'success') return false;
	if (answer.kind !== 'refused' && answer.passing !== undefined) return answer.passing;
	return answer.httpStatus === 429 || answer.httpStatus >= 500;
}

function pauseBefore(repeat: number, answer: Answer): number {
	const asked = 'retryAfter' in answer ? Number(answer.retryAfter) * 1000 : NaN;
	const usual = FIRST_PAUSE_MS * 2 ** repeat * (1 + Math.random() / 2);
	return Math.min(asked > 0 ? asked : usual, LONGEST_PAUSE_MS);
}
