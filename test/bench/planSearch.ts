/**
 * The list behind the field "Plan": how long the first search takes that finds nothing and so reads the whole
 * catalogue, when the first hits are there, and what a further key stroke costs.
 *
 *   npm run bench -- planSearch [plans]
 */
import { createEngine, type Engine } from '../engine/harness';
import { figuresOf, inWords } from './support/figures';
import { isSmoke, report } from './support/report';
import { startSimulatorApart, type SimulatorApart } from './support/simulatorApart';
import { timed } from './support/timed';

const MOST_PLANS = Number(process.argv[2] ?? 50_000);
const PLANS = [Math.round(0.3 * MOST_PLANS), MOST_PLANS];
const LATENCY_MS = 60;
const REPEATS = isSmoke ? 1 : 7;
const ALLOWED_MS: Record<number, number> = { 15_000: 800, 50_000: 2000 };
const ALLOWED_KEY_STROKE_MS = 20;
/** An answer takes this, and the first hits need one. */
const ALLOWED_FIRST_HITS_MS = 2 * LATENCY_MS;

/** Each turn is an account of its own to the node, which then knows nothing of its catalogue. */
const searchAs =
	(engine: Engine, simulator: SimulatorApart, turn: number) =>
	async (filter: string, hits: number): Promise<void> => {
		const { results } = await engine.listSearch({
			type: 'n8n-nodes-microesim.microesim',
			method: 'searchPlans',
			filter,
			parameters: { resource: 'order', operation: 'create' },
			credentials: {
				microesimApi: {
					...simulator.credential,
					baseUrl: `${simulator.url}${'/'.repeat(turn)}`,
				},
			},
		});
		if (results.length < hits || (hits === 0 && results.length > 0))
			throw new Error(`"${filter}" found ${results.length} plans`);
	};

async function measure(engine: Engine, plans: number): Promise<void> {
	const simulator = await startSimulatorApart({ plans, 'latency-ms': LATENCY_MS });
	const [readAll, firstHits, keyStroke]: number[][] = [[], [], []];
	let requests = 0;
	for (let turn = 0; turn <= REPEATS; turn++) {
		const search = searchAs(engine, simulator, turn);
		const hits = await timed(async () => await search('e', 20));
		await simulator.takeRequests();
		const all = await timed(async () => await search('atlantis', 0));
		const next = await timed(async () => await search('atlantis 7', 0));
		if (turn === 0) continue;
		requests = (await simulator.takeRequests()).esimDataplanListPage ?? 0;
		firstHits!.push(hits);
		readAll!.push(all);
		keyStroke!.push(next);
	}
	const row = (work: string, samples: number[], allowed: number, more = '') => {
		const figures = figuresOf(samples);
		report({
			work: `${work}, ${plans} plans, ${LATENCY_MS} ms an answer`,
			against: '–',
			measured: `${inWords(figures, 'ms', figures.median < 100 ? 1 : 0)}${more}`,
			target: `≤ ${allowed} ms`,
			reached: figures.median <= allowed,
		});
	};
	const allowed = ALLOWED_MS[plans] ?? Infinity;
	row('Plan list, first search that must read all', readAll!, allowed, `, ${requests} requests`);
	row('Plan list, first hits', firstHits!, ALLOWED_FIRST_HITS_MS);
	row('Plan list, a further key stroke without a hit', keyStroke!, ALLOWED_KEY_STROKE_MS);
	simulator.stop();
}

async function main(): Promise<void> {
	const engine = await createEngine();
	for (const plans of PLANS) await measure(engine, plans);
	engine.close();
}

void main();
