import type { INode } from 'n8n-workflow';

import type { Simulator } from '../../../simulator';
import { executionsOf, until, type EditorApi, type Kept } from '../harness';
import type { FlowDesk } from './desk';

const SECONDS = Array.from({ length: 60 }, (_, index) => index);

/**
 * An edit by which nobody waits for the clock: a watch trigger looks every second (n8n lets none of its poll times
 * come more often than once a minute, but takes as many as one likes), and a node that failed is tried again at once.
 */
export function hurried(node: INode): INode {
	const item = SECONDS.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
	const isWatch = node.type.endsWith('microesimWatchTrigger');
	return {
		...node,
		...(isWatch && { parameters: { ...node.parameters, pollTimes: { item } } }),
		...(node.retryOnFail && { waitBetweenTries: 1 }),
	};
}

/**
 * Waits until so many whole looks were begun and ended after now. One look at a time is made.
 *
 * @param endpoint what each look asks once
 */
export async function looked({ requests }: Simulator, endpoint: string, times = 1): Promise<void> {
	const looks = () => requests.filter((request) => request.endpoint === endpoint).length;
	const from = looks();
	await until(() => looks() > from + times, `${times} looks at ${endpoint}`);
}

/** Runs again what failed of a workflow, as the button in n8n's list of executions does. */
export async function retryFailed(api: EditorApi, id: string): Promise<void> {
	const failed = (await executionsOf(api, id)).find(({ status }) => status === 'error')!;
	await api.call('POST', `/executions/${failed.id}/retry`, { loadWorkflow: true });
}

/** How each run of a workflow ended, oldest first. */
export async function runsOf(api: EditorApi, id: string): Promise<string[]> {
	return (await executionsOf(api, id)).map(({ status }) => status).reverse();
}

/** Sets a workflow off, which fails. @returns all that n8n keeps of the run, as text */
export async function failedRun(desk: FlowDesk, name: string, trigger: string): Promise<string> {
	const id = await desk.start(name, trigger);
	expect(await desk.ended(id)).toBe('error');
	return (await desk.api.call<Kept>('GET', `/executions/${id}`)).data;
}
