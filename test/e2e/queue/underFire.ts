import { setTimeout as sleep } from 'node:timers/promises';

import type { QueueN8n } from '../harness';
import { deliver, underWay } from './support';

/** Pairs of deliveries that are under way at once. */
const PAIRS = 16;
/** Who is killed, and started again, after each quarter of the pushes. */
const KILLED = ['webhook 1', 'worker 1', 'webhook 2'] as const;

/**
 * Delivers each push to both webhook processes at the same moment, some pushes at once.
 *
 * @param delivered is told of each push how often it was delivered until both have received it
 */
export async function deliverPairs(
	urls: [string, string],
	bodies: string[],
	delivered: (times: number) => void = () => {},
): Promise<void> {
	const waiting = [...bodies];
	const pairs = async () => {
		for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
			const one = body;
			const both = await Promise.all(urls.map(async (url) => await deliver(url, one)));
			delivered(both[0]! + both[1]!);
		}
	};
	await Promise.all(Array.from({ length: PAIRS }, pairs));
}

/**
 * Delivers each push to both webhook processes at the same moment, while one process after the other is killed, and
 * every fourth once more at the end.
 *
 * @param urls of the same trigger, at both processes
 * @returns how often was delivered, and which executions waited or were under way when a worker was killed
 */
export async function pushUnderFire(
	n8n: QueueN8n,
	flowId: string,
	urls: [string, string],
	bodies: string[],
): Promise<{ deliveries: number; atKill: Set<number> }> {
	let [deliveries, done] = [0, 0];
	let atKill = new Set<number>();
	const delivered = (times: number) => {
		deliveries += times;
		done++;
	};
	const crashes = async () => {
		for (const [index, place] of KILLED.entries()) {
			while (done < (bodies.length / 4) * (index + 1)) await sleep(20);
			await n8n.kill(place);
			if (place === 'worker 1') {
				atKill = new Set((await underWay(n8n, flowId)).map(({ id }) => id));
			}
			await n8n.startAgain(place);
		}
	};
	await Promise.all([crashes(), deliverPairs(urls, bodies, delivered)]);
	for (const body of bodies.filter((_, index) => index % 4 === 0)) {
		deliveries += await deliver(urls[done++ % 2]!, body);
	}
	return { deliveries, atKill };
}
