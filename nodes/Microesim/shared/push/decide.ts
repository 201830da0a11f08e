import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { kindOf } from '../answers/text';
import { lookUp, type Verdict } from './lookUp';
import { keyOf, type MemoryLimits, type PushMemory, type Ticket } from './memory';
import type { PushedEsim } from './readPush';
import { recall } from './savedMemory';

/** How pushes are checked before they are believed. */
export type VerifyBy = 'lookup' | 'signature' | 'nothing';

/** An eSIM whose push starts a run. */
export interface AcceptedEsim {
	esim: PushedEsim;
	item: IDataObject;
	sources?: IDataObject;
	attempt: number;
}

/** What a push came to. Who gets `accepted` must call `settle` with the outcome of the run. */
export type Decision =
	| { kind: 'accepted'; esims: AcceptedEsim[]; settle: (done: boolean) => void }
	| { kind: 'seenBefore' }
	| { kind: 'refused'; status: 403 | 503; reason: string };

/** MicroeSIM waits for our answer, too; after this it is asked to come again. */
const LONGEST_QUEUE_MS = 10_000;
/** n8n's sleep cannot be ended early, so none is long. */
const LONGEST_GLANCE_MS = 250;

/**
 * Decides about the eSIMs of a push: each starts a run once, and only if it is true. eSIMs seen before are
 * left out; one that cannot be believed now lets the whole push come again.
 */
export async function decide(
	context: IWebhookFunctions,
	pushed: PushedEsim[],
	verifyBy: VerifyBy,
	limits: MemoryLimits,
): Promise<Decision> {
	const memory = recall(context, limits);
	// A push may name an eSIM twice.
	const esims = [...new Map(pushed.map((esim) => [keyOf(esim), esim])).values()];
	const attempts = new Map(esims.map((esim) => [esim, memory.count(keyOf(esim), limits)]));
	const claimed = await claimAll(memory, esims, limits);
	const release = (done: boolean) =>
		claimed.tickets.forEach((ticket) => memory.settle(ticket, done));
	if (claimed.busy) {
		release(false);
		return {
			kind: 'refused',
			status: 503,
			reason: 'another delivery of it is still being worked on',
		};
	}
	if (claimed.esims.length === 0) return { kind: 'seenBefore' };
	const accepted: AcceptedEsim[] = [];
	try {
		for (const esim of claimed.esims) {
			const verdict = await verify(context, esim, verifyBy);
			if (verdict.kind !== 'believed') {
				release(false);
				return {
					kind: 'refused',
					status: verdict.kind === 'denied' ? 403 : 503,
					reason: verdict.reason,
				};
			}
			const { item, sources } = verdict;
			accepted.push({ esim, item, sources, attempt: attempts.get(esim) ?? 1 });
		}
	} catch (error) {
		release(false);
		return { kind: 'refused', status: 503, reason: (error as Error).message };
	}
	return { kind: 'accepted', esims: accepted, settle: release };
}

async function verify(
	context: IWebhookFunctions,
	esim: PushedEsim,
	verifyBy: VerifyBy,
): Promise<Verdict> {
	switch (verifyBy) {
		case 'lookup':
			return await lookUp(context, esim);
		// The sender was checked before its body was read.
		case 'signature':
		case 'nothing':
			return { kind: 'believed', item: esim.item };
		default:
			return {
				kind: 'denied',
				reason: `"Verify Push By" holds "${kindOf(verifyBy)}", which is none of its choices`,
			};
	}
}

/** Takes every eSIM that no other delivery has; waits a moment for those that another one is working on. */
async function claimAll(memory: PushMemory, esims: PushedEsim[], limits: MemoryLimits) {
	const mine: PushedEsim[] = [];
	const tickets: Ticket[] = [];
	const deadline = Date.now() + LONGEST_QUEUE_MS;
	for (const esim of esims) {
		const key = keyOf(esim);
		let claim = memory.claim(key, Date.now(), limits);
		while (claim === 'running' && Date.now() < deadline) {
			await memory.whenSettled(key, LONGEST_GLANCE_MS);
			claim = memory.claim(key, Date.now(), limits);
		}
		if (claim === 'running') return { esims: mine, tickets, busy: true };
		if (claim === 'done') continue;
		mine.push(esim);
		tickets.push(claim);
	}
	return { esims: mine, tickets, busy: false };
}
