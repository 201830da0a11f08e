import type { NodeRequest, RunResult } from '../../harness';

/** Runs the order node of one workflow once, with the items of the cell, in one of two processes of n8n. */
export type Execute = (
	given?: Partial<NodeRequest>,
	process?: 'first' | 'second',
) => Promise<RunResult>;

/** One way in which n8n, or the shop in front of it, runs orders; all its executions. */
export interface Setting {
	name: string;
	run(execute: Execute): Promise<RunResult[]>;
}

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const once = (name: string, given: Partial<NodeRequest> = {}): Setting => ({
	name,
	run: async (execute) => [await execute(given)],
});

const thenAgain = (name: string, again: Partial<NodeRequest>): Setting => ({
	name,
	run: async (execute) => [await execute(), await execute(again)],
});

const plain = once('Plain');
const retryOnFail = once('Retry On Fail ×3', RETRY);
const fromTheList = thenAgain('Retried from the list', { mode: 'retry' });

/** n8n runs a sub-workflow in the same mode, whether its caller is retried or not. */
const subWorkflow: Setting = {
	name: 'Sub-workflow, its caller retried',
	run: async (execute) => [
		await execute({ mode: 'integrated' }),
		await execute({ mode: 'integrated' }),
	],
};

/** With the shop's own order number. */
export const SETTINGS: Setting[] = [
	plain,
	retryOnFail,
	once('Continue', { onError: 'continueRegularOutput' }),
	once('Continue (error output)', { onError: 'continueErrorOutput' }),
	{
		name: 'Webhook twice at once',
		run: async (execute) => await Promise.all([execute(), execute()]),
	},
	{
		name: 'Two processes at once',
		run: async (execute) => await Promise.all([execute(), execute({}, 'second')]),
	},
	{
		name: 'Again in another process',
		run: async (execute) => [await execute(), await execute({}, 'second')],
	},
	thenAgain('Run again by hand', { mode: 'manual' }),
	fromTheList,
	subWorkflow,
];

/** With the default number, which is made from the execution's id. */
export const DEFAULT_NUMBER_SETTINGS: Setting[] = [plain, retryOnFail, fromTheList, subWorkflow];
