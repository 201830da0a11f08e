import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { keyOf, memoryOf, PushMemory, type MemoryLimits } from './memory';
import type { PushedEsim } from './readPush';

/** How long the static data is kept changed: closely at first, while a run is queued, then less and less. */
const CLOSE_TOUCHES = 50;
const LONGEST_TOUCH_PAUSE_MS = 1024;

/** The memory of the trigger that a push came to, with what the workflow's static data knows. */
export function recall(context: IWebhookFunctions, limits: MemoryLimits): PushMemory {
	const memory = memoryFor(context);
	if (!isTest(context)) memory.load(context.getWorkflowStaticData('node'), Date.now(), limits);
	return memory;
}

/** Writes down what was decided, where n8n saves it: an immediate answer counts as done from here on. */
export function writeDown(
	context: IWebhookFunctions,
	accepted: PushedEsim[],
	limits: MemoryLimits,
	countAsDone: boolean,
): void {
	if (isTest(context)) return;
	const keys = countAsDone ? accepted.map(keyOf) : [];
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
