import { setTimeout as sleep } from 'node:timers/promises';

import type { EditorApi } from './api';
import type { Page } from './executions';

/** For all that flows have begun, on a machine that has other work. */
const PATIENCE_MS = 600_000;

/** Resolves when nothing is under way in n8n: two looks in a row find nothing. */
export async function allEnded(api: EditorApi): Promise<void> {
	for (let quiet = 0, deadline = Date.now() + PATIENCE_MS; quiet < 2; await sleep(300)) {
		const count = await countUnderWay(api);
		quiet = count === 0 ? quiet + 1 : 0;
		if (Date.now() > deadline) throw new Error(`${count} executions did not end.`);
	}
}

/** How many executions of all workflows are under way; 100 stand for more. */
export async function countUnderWay(api: EditorApi): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	const { results } = await api.call<Page>('GET', `/executions?limit=100&filter=${filter}`);
	return results.length;
}
