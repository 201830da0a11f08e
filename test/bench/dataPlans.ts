/**
 * Data Plan → Get Many of the whole catalogue, against the flow a user would build by hand: HTTP Request with
 * pagination, then Split Out. Both in the same engine, in turns, reading the same simulator.
 *
 *   npm run bench -- dataPlans [plans]
 */
import type { INodeParameters } from 'n8n-workflow';

import { createEngine, type RunResult } from '../engine/harness';
import { figuresOf, inWords } from './support/figures';
import { fullListAlone } from './support/fullListAlone';
import { settledHeap } from './support/heap';
import { paired } from './support/paired';
import { isSmoke, report } from './support/report';
import { runByHand, runNode } from './support/run';
import { startSimulatorApart, type SimulatorApart } from './support/simulatorApart';

const PLANS = Number(process.argv[2] ?? 50_000);
const LATENCY_MS = 60;
const REPEATS = isSmoke ? 1 : 5;

interface Measured {
	seconds: number;
	megabytes: number;
	requests: number;
	ids: string[];
}

async function measure(
	simulator: SimulatorApart,
	run: () => Promise<RunResult>,
): Promise<Measured> {
	await simulator.takeRequests();
	const before = await settledHeap();
	const since = performance.now();
	const result = await run();
	const seconds = (performance.now() - since) / 1000;
	const megabytes = ((await settledHeap()) - before) / 2 ** 20;
	const requests = Object.values(await simulator.takeRequests()).reduce(
		(sum, each) => sum + each,
		0,
	);
	const ids = result.json().map(({ channel_dataplan_id }) => channel_dataplan_id as string);
	return { seconds, megabytes, requests, ids };
}

const ALL_PLANS = {
	resource: 'dataPlan',
	operation: 'getMany',
	returnAll: true,
	filters: { onSaleOnly: false },
};

interface Case {
	name: string;
	parameters: INodeParameters;
	byHand: string;
	against: string;
	speed: number;
	heap?: number;
	/** Whether both wait for one answer, so that what it takes to have it is a limit to either. */
	inOneAnswer?: boolean;
}

const CASES: Case[] = [
	{
		name: 'Get Many, Return All, raw',
		parameters: { simplify: false },
		byHand: 'all-plans',
		against: 'HTTP Request with pagination + Split Out',
		speed: 4,
		heap: 1.3,
	},
	{
		name: 'Get Many, Return All, Simplify',
		parameters: { simplify: true },
		byHand: 'all-plans',
		against: 'HTTP Request with pagination + Split Out',
		speed: 3,
		heap: 1.8,
	},
	{
		name: 'Get Many, Full List, raw',
		parameters: { simplify: false, options: { source: 'fullList' } },
		byHand: 'full-list',
		against: 'HTTP Request of the full list + Split Out',
		speed: 1.2,
		inOneAnswer: true,
	},
];

function compare(
	work: Case,
	{ ours, theirs }: Record<'ours' | 'theirs', Measured[]>,
	why: string | undefined,
): void {
	for (const { ids } of [...ours, ...theirs]) {
		if (ids.length < PLANS || ids.some((id, index) => id !== theirs[0]!.ids[index]))
			throw new Error(`${work.name}: the two do not return the same plans in the same order`);
	}
	const of = (measured: Measured[], name: 'seconds' | 'megabytes') =>
		figuresOf(measured.map((each) => each[name]));
	const [fast, slow] = [of(ours, 'seconds'), of(theirs, 'seconds')];
	const [light, heavy] = [of(ours, 'megabytes'), of(theirs, 'megabytes')];
	const speed = slow.median / fast.median;
	const heap = light.median / heavy.median;
	report({
		work: `${work.name}, ${PLANS} plans, ${LATENCY_MS} ms an answer`,
		against: work.against,
		measured: [
			`${speed.toFixed(2)} × its speed, ${inWords(fast, 's')} against ${inWords(slow, 's')}`,
			`${heap.toFixed(2)} × its heap, ${inWords(light, 'MB', 0)} against ${inWords(heavy, 'MB', 0)}`,
			`${ours[0]!.requests} requests against ${theirs[0]!.requests}`,
		].join('; '),
		target: `≥ ${work.speed} × its speed${work.heap ? `, ≤ ${work.heap} × its heap` : ''}`,
		reached: speed >= work.speed && heap <= (work.heap ?? Infinity),
		why,
	});
}

async function main(): Promise<void> {
	const simulator = await startSimulatorApart({ plans: PLANS, 'latency-ms': LATENCY_MS });
	const engine = await createEngine();
	const { credential, url } = simulator;
	for (const work of CASES) {
		const ours = async () =>
			await runNode(engine, credential, { ...ALL_PLANS, ...work.parameters });
		const byHand = async () =>
			await runByHand(engine, work.byHand, credential, [{ json: { url } }]);
		const measured = await paired(
			{
				ours: async () => await measure(simulator, ours),
				theirs: async () => await measure(simulator, byHand),
			},
			REPEATS,
		);
		const seconds = figuresOf(measured.ours.map((each) => each.seconds)).median;
		const why = work.inOneAnswer && (await fullListAlone(simulator, PLANS, REPEATS, seconds));
		compare(work, measured, why || undefined);
	}
	engine.close();
	simulator.stop();
}

void main();
