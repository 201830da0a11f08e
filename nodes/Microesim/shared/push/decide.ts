import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import type { Refusal } from './answer';
import type { Shown, Verdict } from './believe/verdict';
import { verify, type VerifyBy } from './believe/verify';
import { keyOf, type MemoryLimits, type PushMemory, type Ticket } from './memory';
import type { PushedEsim } from './read/oneEsim';

/** An eSIM whose push starts a run. */
export interface AcceptedEsim extends Shown {
	esim: PushedEsim;
	attempt: number;
}

/** What a push came to. */
export interface Decision {
	/** Where there are any, `settle` must be called with the outcome of their run. */
	accepted: AcceptedEsim[];
	/** Why eSIMs of the push are not received. */
	refusals: Refusal[];
	settle(done: boolean): void;
}

/** MicroeSIM waits for our answer; what is not decided by then must come again. */
const LONGEST_DECISION_MS = 10_000;
/** n8n's sleep cannot be ended early, so none is long. */
const LONGEST_GLANCE_MS = 250;

type Judgement =
	| { kind: 'accepted'; esim: AcceptedEsim; ticket: Ticket }
	| { kind: 'seenBefore' }
	| { kind: 'refused'; refusal: Refusal };

/**
 * Decides about the eSIMs of a push, side by side: each starts a run once, and only if it is true. eSIMs seen before
 * are left out; of the others some may be accepted while the rest has to come again.
 */
export async function decide(
	context: IWebhookFunctions,
	pushed: PushedEsim[],
	verifyBy: VerifyBy,
	memory: PushMemory,
	limits: MemoryLimits,
): Promise<Decision> {
	const deadline = Date.now() + LONGEST_DECISION_MS;
	// A push may name an eSIM twice.
	const esims = [...new Map(pushed.map((esim) => [keyOf(esim), esim])).values()];
	const late = sleep(LONGEST_DECISION_MS).then((): Verdict => ({
		kind: 'unsure',
		reason: `it could not be checked within ${LONGEST_DECISION_MS / 1000} seconds`,
	}));
	const judge = async (esim: PushedEsim): Promise<Judgement> => {
		const attempt = memory.count(keyOf(esim), limits);
		const ticket = await claim(memory, esim, limits, deadline);
		if (ticket === 'done') return { kind: 'seenBefore' };
		if (ticket === 'running')
			return refused(503, 'another delivery of it is still being worked on');
		const verdict = await Promise.race([
			late,
			verify(context, verifyBy, esim, deadline).catch(({ message }: Error): Verdict => ({
				kind: 'unsure',
				reason: message,
			})),
		]);
		if (verdict.kind === 'believed') {
			return { kind: 'accepted', esim: { ...verdict, esim, attempt }, ticket };
		}
		memory.settle(ticket, false, limits);
		return refused(verdict.kind === 'denied' ? 403 : 503, verdict.reason);
	};
	const judged = await Promise.all(esims.map(judge));
	const accepted = judged.flatMap((one) => (one.kind === 'accepted' ? [one] : []));
	return {
		accepted: accepted.map(({ esim }) => esim),
		refusals: judged.flatMap((one) => (one.kind === 'refused' ? [one.refusal] : [])),
		settle: (done) => {
			for (const { ticket } of accepted) memory.settle(ticket, done, limits);
		},
	};
}

const refused = (status: Refusal['status'], reason: string): Judgement => ({
	kind: 'refused',
	refusal: { status, reason },
});

/** Takes an eSIM, unless it is done; waits a moment for a delivery that is working on it. */
async function claim(memory: PushMemory, esim: PushedEsim, limits: MemoryLimits, deadline: number) {
	const key = keyOf(esim);
	let claimed = memory.claim(key, Date.now(), limits);
	while (claimed === 'running' && Date.now() < deadline) {
		await memory.whenSettled(key, LONGEST_GLANCE_MS);
		claimed = memory.claim(key, Date.now(), limits);
	}
	return claimed;
}
