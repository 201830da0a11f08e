/**
 * What a storm of forged pushes costs the shop: 50 orders alone, then beside forged and true pushes; and what the
 * trigger keeps of it. MicroeSIM takes 60 ms for each answer.
 *
 *   npm run bench -- pushFlood [forged pushes]
 */
import { flood } from '../engine/support/flood';
import { startBench } from '../engine/support/microesim';
import { heapInUse } from './support/heap';

const FORGED = Number(process.argv[2] ?? 2000);
const TRUE = 100;
const ORDERS = 50;
const ANSWER_MS = 60;
/** Storms one after the other: what is kept of the first must not grow with the others. */
const STORMS = 3;

async function main(): Promise<void> {
	const bench = await startBench();
	const { simulator, engine, credential } = bench;
	simulator.faults.always('*', { kind: 'slow', ms: ANSWER_MS });
	const webhook = await engine.serveWebhook({
		node: { name: 'MicroeSIM Trigger', type: 'n8n-nodes-microesim.microesimTrigger' },
		credentials: { microesimApi: credential },
	});
	const alone = await flood(bench, webhook.url, { forged: 0, truth: [], orders: ORDERS });
	simulator.ledger.length = 0;
	const heap: number[] = [];
	for (let storm = 0; storm < STORMS; storm++) {
		await flood(bench, webhook.url, { forged: 0, truth: [], orders: TRUE });
		const truth = [...simulator.ledger];
		simulator.forgetMostOpen();
		const { answers, deliveries, failedOrders, ordersMs } = await flood(bench, webhook.url, {
			forged: FORGED,
			truth,
			orders: ORDERS,
		});
		const lookUps = simulator.requests.filter(({ endpoint }) => endpoint === 'deviceDetail').length;
		const handedOn = webhook.runs.flat().length;
		for (const kept of [simulator.requests, simulator.ledger, webhook.executions, webhook.runs])
			kept.length = 0;
		heap.push(heapInUse() / 2 ** 20);
		process.stdout.write(
			`storm ${storm + 1}: ${FORGED} forged (${[...answers].map(([status, times]) => `${times} × ${status}`).join(', ')}), ` +
				`${TRUE} true handed on ${handedOn} times in ${deliveries} deliveries, ` +
				`${lookUps} look-ups, at most ${simulator.mostOpen('deviceDetail')} at once; ` +
				`${ORDERS} orders: ${failedOrders.length} failed, ${(ordersMs / alone.ordersMs).toFixed(2)} × the time they take alone; ` +
				`heap after it ${heap.at(-1)!.toFixed(1)} MB\n`,
		);
	}
	await webhook.stop();
	await bench.stop();
	engine.close();
}

void main();
