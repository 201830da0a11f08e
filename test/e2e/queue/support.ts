import { setTimeout as sleep } from 'node:timers/promises';

import { post } from '../bench';
import { startQueueN8n, type QueueN8n } from '../harness';
import { startPlayed, type Played } from '../secrets/played';

/** n8n gives a killed worker's executions up when it has not heard of them for so long; usually a minute. */
export const GIVEN_UP = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};
/** What n8n says of them then. */
export const GIVEN_UP_SAYS = 'failed to be processed too many times';
/** Executions that a worker takes on at once. */
export const AT_ONCE = 10;
/** How often nothing must have changed, half a second apart, until nothing goes on any more. */
const STILL = 8;

export const say = (text: string) => process.stdout.write(`${text}\n`);

/** Starts an n8n of two workers and two webhook processes. @param env further settings of all its processes */
export const startPlayedQueue = async (env: Record<string, string>): Promise<Played<QueueN8n>> =>
	await startPlayed(
		async () => await startQueueN8n({ workers: 2, env }),
		({ webhooks }) => webhooks,
	);

/** Delivers as shops and MicroeSIM do: again and again until it is received. @returns how often */
export async function deliver(url: string, body: string): Promise<number> {
	for (let deliveries = 1; ; deliveries++) {
		const status = await post(url, body).then(
			(answer) => answer.status,
			() => 0,
		);
		if (status === 200) return deliveries;
		await sleep(200);
	}
}

/** An execution as n8n's database has it. */
export interface Row {
	id: number;
	status: string;
	/** All of it, as text. */
	data: string;
}

/** All executions of a workflow, in order. @param where of the table `e`, beside that */
export const rowsOf = async (n8n: QueueN8n, workflowId: string, where = 'true'): Promise<Row[]> =>
	await n8n.backends.query<Row>(
		`SELECT e.id, e.status, coalesce(d.data, '') AS data
		FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE e."workflowId" = '${workflowId}' AND ${where} ORDER BY e.id`,
	);

/** Those that wait for a worker, or that one is at. */
export const underWay = async (n8n: QueueN8n, workflowId: string): Promise<Row[]> =>
	await rowsOf(n8n, workflowId, `e.status IN ('new', 'running')`);

/**
 * Waits until nothing goes on any more.
 *
 * @param mayStay what stands still for ever: one that was written down and not put into the queue by a process that
 *   was killed stays "new", and nobody was answered then
 */
export async function whenQuiet(
	n8n: QueueN8n,
	workflowId: string,
	mayStay = ({ status }: Row): boolean => status === 'new',
): Promise<void> {
	for (let [before, same] = ['', 0]; same < STILL; await sleep(500)) {
		const left = await underWay(n8n, workflowId);
		const now = left.map(({ id, status }) => `${id} ${status}`).join();
		same = now === before && left.every(mayStay) ? same + 1 : 0;
		before = now;
	}
}

/** How many executions ended how, as text. */
export function byStatus(rows: Row[]): string {
	const counts = new Map<string, number>();
	for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
	return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}
