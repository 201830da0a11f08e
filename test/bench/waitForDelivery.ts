/**
 * 100 orders that get ready between 2 and 30 s, waited for together by Order → Wait for Delivery, and one after
 * another by a plain loop over the same looks. Both in one run, over the same delivery times.
 *
 *   npm run bench -- waitForDelivery [orders]
 */
import type { INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../simulator';
import { createEngine, type Engine } from '../engine/harness';
import { credentialOf, planById, SAMPLE_PLAN } from '../engine/support/microesim';
import { OneAfterAnother } from './oneAfterAnother';

const ORDERS = Number(process.argv[2] ?? 100);
const DELIVERY_MS: [number, number] = [2000, 30_000];
/** How long MicroeSIM takes for an answer. */
const ANSWER_MS = 40;
/** What the slowest order may be late by. */
const ALLOWED_MS = 3000;

interface Figures {
	/** From the moment the slowest order was ready to the end of the run, seconds. */
	lateSeconds: number;
	/** From the moment an order was ready to the look that found it, seconds, mean over the orders. */
	noticedSeconds: number;
	requestsPerOrder: number;
	mostAtOnce: number;
	heapMegabytes: number;
	delivered: number;
	/** All delivery times together, seconds. */
	sumSeconds: number;
}

/** What is in use; without --expose-gc garbage counts, too. */
function liveHeap(): number {
	global.gc?.();
	return process.memoryUsage().heapUsed;
}

async function placeOrders(engine: Engine, simulator: Simulator): Promise<INodeExecutionData[]> {
	const bought = await engine.runNode({
		type: 'n8n-nodes-microesim.microesim',
		parameters: {
			resource: 'order',
			operation: 'create',
			planId: planById(SAMPLE_PLAN),
			options: { concurrentOrders: 10 },
		},
		credentials: { microesimApi: credentialOf(simulator) },
		input: Array.from({ length: ORDERS }, () => ({ json: {} })),
	});
	const error = bought.error();
	if (error) throw error;
	return bought.items();
}

/** Seconds between the moments the orders were ready and the looks that found them so. */
function noticedSeconds({ ledger, requests }: Simulator): number {
	const looks = requests.filter(({ endpoint }) => endpoint === 'topupDetail');
	const each = ledger.map(({ topup_id, readyAt }) => {
		const found = looks.find(({ fields, time }) => fields.topup_id === topup_id && time >= readyAt);
		return ((found?.time ?? NaN) - readyAt) / 1000;
	});
	return each.reduce((sum, seconds) => sum + seconds, 0) / each.length;
}

async function measure(engine: Engine, type: string): Promise<Figures> {
	const simulator = await startSimulator({
		plans: 0,
		balance: 1_000_000,
		deliveryMs: DELIVERY_MS,
		seed: 7,
	});
	const input = await placeOrders(engine, simulator);
	simulator.faults.always('topupDetail', { kind: 'slow', ms: ANSWER_MS });
	const heapBefore = liveHeap();
	let [mostAtOnce, heapMost] = [0, heapBefore];
	const watchHeap = setInterval(() => {
		heapMost = Math.max(heapMost, liveHeap());
	}, 1000);
	const watch = setInterval(() => {
		mostAtOnce = Math.max(
			mostAtOnce,
			simulator.requests.slice(-20).filter(({ status }) => status === null).length,
		);
	}, 2);
	const result = await engine.runNode({
		type,
		parameters: {
			resource: 'order',
			operation: 'waitForDelivery',
			topupId: '={{ $json.topup_id }}',
		},
		credentials: { microesimApi: credentialOf(simulator) },
		input,
	});
	const end = Date.now();
	clearInterval(watch);
	clearInterval(watchHeap);
	const error = result.error();
	if (error) throw error;
	const looks = simulator.requests.filter(({ endpoint }) => endpoint === 'topupDetail').length;
	const figures: Figures = {
		lateSeconds: (end - Math.max(...simulator.ledger.map(({ readyAt }) => readyAt))) / 1000,
		noticedSeconds: noticedSeconds(simulator),
		requestsPerOrder: looks / ORDERS,
		mostAtOnce,
		heapMegabytes: (heapMost - heapBefore) / 2 ** 20,
		sumSeconds: simulator.ledger.reduce(
			(sum, { bookedAt, readyAt }) => sum + (readyAt - bookedAt) / 1000,
			0,
		),
		delivered: result.json().filter(({ delivered }) => delivered === true).length,
	};
	await simulator.stop();
	return figures;
}

async function main(): Promise<void> {
	const engine = await createEngine({ nodeTypes: { 'bench.oneAfterAnother': OneAfterAnother } });
	const together = await measure(engine, 'n8n-nodes-microesim.microesim');
	const inTurn = await measure(engine, 'bench.oneAfterAnother');
	engine.close();
	const line = (label: string, name: keyof Figures, digits = 1) => {
		const [one, other] = [together[name], inTurn[name]];
		const ratio = one > 0 ? (other / one).toFixed(1) : '–';
		process.stdout.write(
			`| ${label} | ${one.toFixed(digits)} | ${other.toFixed(digits)} | ${ratio} |\n`,
		);
	};
	process.stdout.write(
		`${ORDERS} orders, ready after ${DELIVERY_MS[0] / 1000} to ${DELIVERY_MS[1] / 1000} s\n\n`,
	);
	process.stdout.write(
		'| | Together (this node) | One after another | Ratio |\n| --- | --- | --- | --- |\n',
	);
	line('All out after the slowest was ready, s', 'lateSeconds');
	line('An order noticed after it was ready, mean, s', 'noticedSeconds');
	line('Requests per order', 'requestsPerOrder');
	line('Requests under way at once, at most', 'mostAtOnce', 0);
	line('Live heap above the start, at most, MB', 'heapMegabytes');
	line('Delivered', 'delivered', 0);
	process.stdout.write(
		`\nBuying one, waiting for it, then buying the next: at least ${together.sumSeconds.toFixed(0)} s (calculated, the sum of the delivery times).\n`,
	);
	const good = together.delivered === ORDERS && together.lateSeconds * 1000 <= ALLOWED_MS;
	process.stdout.write(
		`\n${good ? 'Good' : 'FAILED'}: all ${ORDERS} are to be out within ${ALLOWED_MS / 1000} s of the slowest.\n`,
	);
	process.exitCode = good ? 0 : 1;
}

void main();
