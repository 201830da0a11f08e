import type { INode } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Simulator } from '../../../simulator';

const SECONDS = Array.from({ length: 60 }, (_, index) => index);
const PATIENCE_MS = 120_000;

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

/** Waits until something is so. @throws where it does not come to be */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	for (const deadline = Date.now() + PATIENCE_MS; !(await isSo()); await sleep(50))
		if (Date.now() > deadline) throw new Error(`It did not come to be: ${what}`);
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
