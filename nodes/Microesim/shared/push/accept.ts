import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { lookUp } from './lookUp';
import { memoryOf, pushKey, PushMemory, type MemoryLimits, type Ticket } from './memory';
import type { PushedEsim } from './readPush';
import type { Verdict } from './verdict';

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
/** How long the static data is kept changed: closely at first, while a run is queued, then less and less. */
const CLOSE_TOUCHES = 50;
const LONGEST_TOUCH_PAUSE_MS = 1024;

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
	const memory = memoryFor(context);
	// A push may name an eSIM twice.
	const esims = [...new Map(pushed.map((esim) => [keyOf(esim), esim])).values()];
	if (!isTest(context)) memory.load(context.getWorkflowStaticData('node'), Date.now(), limits);
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
				reason: `"Verify Push By" holds "${String(verifyBy)}", which is none of its choices`,
			};
	}
}

/** Writes down what was decided, where n8n saves it: an immediate answer counts as done from here on. */
export function writeDown(
	context: IWebhookFunctions,
	accepted: AcceptedEsim[],
	limits: MemoryLimits,
	countAsDone: boolean,
): void {
	if (isTest(context)) return;
	const keys = countAsDone ? accepted.map(({ esim }) => keyOf(esim)) : [];
	memoryFor(context).save(context.getWorkflowStaticData('node'), Date.now(), limits, keys);
}

/**
 * n8n takes the static data for unchanged from the moment it begins to queue the run, and looks whether to save it
 * when it answers: in between it is touched again and again.
 */
export async function keepWritten(
	context: IWebhookFunctions,
	isAnswered: () => boolean,
): Promise<void> {
	if (isTest(context)) return;
	const memory = memoryFor(context);
	const stored = context.getWorkflowStaticData('node');
	for (let touches = 0, wait = 1; wait <= LONGEST_TOUCH_PAUSE_MS && !isAnswered(); touches++) {
		await sleep(wait);
		memory.touch(stored);
		if (touches > CLOSE_TOUCHES) wait *= 2;
	}
}

/** A test in the editor starts a run each time: it neither knows nor leaves anything. */
const isTest = (context: IWebhookFunctions): boolean => context.getMode() === 'manual';

const memoryFor = (context: IWebhookFunctions): PushMemory =>
	isTest(context)
		? new PushMemory()
		: memoryOf(context.getWorkflow().id ?? '', context.getNode().id);

const keyOf = ({ topupId, deviceId }: PushedEsim): string => pushKey(topupId, deviceId);

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
