/**
 * 100 orders that get ready between 2 and 30 s, waited for by Order → Wait for Delivery, and by a workflow made by
 * hand of n8n's own nodes: by-hand/wait-for-orders.json, an HTTP Request, an If, a Wait of 3 s and back. Both in
 * turns in one run, over the same delivery times; all of it by n8n's engine.
 *
 *   npm run bench -- waitForDelivery [orders]
 */
import { startSimulator, type Simulator } from '../../simulator';
import { createEngine, type Engine } from '../engine/harness';
import { forgetUsualAge } from '../inside';
import { figuresOf, inWords } from './support/figures';
import { heapInUse } from './support/heap';
import { paired } from './support/paired';
import { isSmoke, report } from './support/report';
import { placeOrders } from './support/run';
import { byHand, looksOf, noticedSeconds, ours, type Way } from './support/waysToWait';

const ORDERS = Number(process.argv[2] ?? 100);
const REPEATS = isSmoke ? 0 : 3;
const DELIVERY_MS: [number, number] = isSmoke ? [100, 200] : [2000, 30_000];
/** How long MicroeSIM takes for an answer. */
const ANSWER_MS = 40;

interface Figures {
	/** From the moment the slowest order was ready to the end of the run, seconds. */
	lateSeconds: number;
	/** From the moment an order was ready to the request that found it so, seconds, mean over the orders. */
	noticedSeconds: number;
	requestsPerOrder: number;
	mostAtOnce: number;
	heapMegabytes: number;
	/** All delivery times together, milliseconds: the same on both sides, or nothing is compared. */
	sumMs: number;
}

/** The most requests that are open at once, and the most heap above the start, until it is stopped. */
function watch({ requests }: Simulator) {
	const heapBefore = heapInUse();
	const most = { atOnce: 0, heapMegabytes: 0 };
	const heap = setInterval(() => {
		most.heapMegabytes = Math.max(most.heapMegabytes, (heapInUse() - heapBefore) / 2 ** 20);
	}, 1000);
	const open = setInterval(() => {
		const atOnce = requests.slice(-ORDERS).filter(({ status }) => status === null).length;
		most.atOnce = Math.max(most.atOnce, atOnce);
	}, 2);
	return () => {
		clearInterval(heap);
		clearInterval(open);
		return most;
	};
}

async function measure(engine: Engine, way: Way): Promise<Figures> {
	// What was learned from the runs before would be an advantage that a first run does not have.
	forgetUsualAge();
	const simulator = await startSimulator({
		plans: 0,
		balance: 1_000_000,
		deliveryMs: DELIVERY_MS,
		seed: 7,
	});
	const input = await placeOrders(engine, simulator, ORDERS);
	simulator.faults.always('topupDetail', { kind: 'slow', ms: ANSWER_MS });
	const stopWatch = watch(simulator);
	const ready = await way(engine, simulator, input);
	const end = Date.now();
	const most = stopWatch();
	const { ledger } = simulator;
	const booked = ledger.map(({ topup_id }) => topup_id).sort();
	if (booked.length !== ORDERS || ready.sort().join() !== booked.join())
		throw new Error(`${ready.length} activation codes came out for ${booked.length} orders`);
	const figures: Figures = {
		lateSeconds: (end - Math.max(...ledger.map(({ readyAt }) => readyAt))) / 1000,
		noticedSeconds: noticedSeconds(simulator),
		requestsPerOrder: looksOf(simulator).length / ORDERS,
		mostAtOnce: most.atOnce,
		heapMegabytes: most.heapMegabytes,
		sumMs: ledger.reduce((sum, { bookedAt, readyAt }) => sum + readyAt - bookedAt, 0),
	};
	await simulator.stop();
	return figures;
}

async function main(): Promise<void> {
	const engine = await createEngine();
	const measured = await paired(
		{
			ours: async () => await measure(engine, ours),
			theirs: async () => await measure(engine, byHand),
		},
		REPEATS,
	);
	engine.close();
	const both = [...measured.ours, ...measured.theirs];
	if (new Set(both.map(({ sumMs }) => sumMs)).size > 1)
		throw new Error('The delivery times were not the same in all runs');
	const of = (name: keyof Figures) => ({
		ours: figuresOf(measured.ours.map((figures) => figures[name])),
		theirs: figuresOf(measured.theirs.map((figures) => figures[name])),
	});
	process.stdout.write(
		`${ORDERS} orders, ready after ${DELIVERY_MS[0] / 1000} to ${DELIVERY_MS[1] / 1000} s\n\n`,
	);
	process.stdout.write('| | Wait for Delivery | By hand |\n| --- | --- | --- |\n');
	const line = (label: string, name: keyof Figures, digits = 1) => {
		const { ours: one, theirs: other } = of(name);
		const shown = [one, other].map((figures) => inWords(figures, '', digits).replace('  ', ' '));
		process.stdout.write(`| ${label} | ${shown.join(' | ')} |\n`);
	};
	line('Requests per order', 'requestsPerOrder', 2);
	line('An order noticed after it was ready, mean, s', 'noticedSeconds', 2);
	line('All out after the slowest was ready, s', 'lateSeconds');
	line('Requests under way at once, at most', 'mostAtOnce', 0);
	line('Live heap above the start, at most, MB', 'heapMegabytes');
	process.stdout.write('\n');
	const work = `Waiting for ${ORDERS} orders, ready after ${DELIVERY_MS[0] / 1000} to ${DELIVERY_MS[1] / 1000} s`;
	const against = 'a loop made by hand: HTTP Request, If, Wait of 3 s';
	const row = (
		name: keyof Figures,
		what: string,
		unit: string,
		isReached: (r: number) => boolean,
	) => {
		const { ours: one, theirs: other } = of(name);
		const ratio = one.median / other.median;
		return {
			work: `${work}: ${what}`,
			against,
			measured: `${ratio.toFixed(2)} ×: ${inWords(one, unit)} against ${inWords(other, unit)}`,
			reached: isReached(ratio),
		};
	};
	const requests = row('requestsPerOrder', 'requests', 'per order', (ratio) => ratio <= 1);
	report({ ...requests, target: '≤ 1.0 ×' });
	const noticed = row('noticedSeconds', 'until noticed, mean', 's', (ratio) => ratio < 1);
	report({ ...noticed, target: '< 1.0 ×, sooner' });
	process.exitCode = isSmoke || (requests.reached && noticed.reached) ? 0 : 1;
}

void main();
