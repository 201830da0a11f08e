import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../../simulator';
import { forgetFacts, forgetOnce } from '../../inside';
import {
	createEngine,
	nodeOfAnotherProcess,
	type Engine,
	type NodeRequest,
	type RunResult,
} from '../harness';
import { seenError } from '../support/look';
import { credentialOf, planById } from '../support/microesim';
import { DAYS_BEFORE, lineOf, Oracle, PERCENTS, type Line } from './oracle';
import { fate, GIVEN_MB, happenBefore, planOf, sellPlans, START, type Life } from './script';
import { liveIn } from './travel';

/**
 * A month of many eSIMs, in which each alert is told exactly once: two processes of n8n look at the same moment, over
 * restarts and outages. `MONTH_ESIMS=500 npx jest alerts/month` is the whole of it.
 */

const ESIMS = Number(process.env.MONTH_ESIMS ?? 28);
const POLL_MS = 12 * 3_600_000;
const POLLS = 62;
/** Polls at which something is wrong. */
const OUTAGE = 16;
const HALF_OUTAGE = 21;
const RESTART = 26;
const ALERTS = [
	'data_used',
	'deleted',
	'expired',
	'expires_soon',
	'first_used',
	'installed',
	'terminated',
];

let simulator: Simulator;
let engine: Engine;
let other: Engine;
let goBack: () => void;
const lives: Life[] = [];

beforeAll(async () => {
	const clock = { mode: 'manual', startAt: START } as const;
	simulator = await startSimulator({ clock, plans: 0, balance: 1e6, deliveryMs: 0, seed: 7 });
	goBack = liveIn(simulator);
	sellPlans(simulator);
	engine = await createEngine();
	other = await createEngine({ nodeTypes: nodeOfAnotherProcess() });
});
afterAll(async () => {
	goBack?.();
	await simulator?.stop();
});

const node = (parameters: IDataObject, given: Partial<NodeRequest>): NodeRequest => ({
	type: 'n8n-nodes-microesim.microesim',
	credentials: { microesimApi: credentialOf(simulator) },
	parameters: parameters as NodeRequest['parameters'],
	workflowId: 'month',
	...given,
});

/** Buys some eSIMs, and writes down what will become of them. */
async function buy(count: number): Promise<void> {
	const from = lives.length;
	const input = Array.from({ length: count }, (_, index) => ({
		json: { plan: planOf(from + index).id, number: `m-${from + index}` },
	}));
	const parameters = {
		resource: 'order',
		operation: 'create',
		planId: planById('={{ $json.plan }}'),
		customOrderNo: '={{ $json.number }}',
		options: { concurrentOrders: 10 },
	};
	await engine.runNode(node(parameters, { input }));
	for (let index = from; index < from + count; index++) {
		const order = simulator.ledger.find(({ custom_order_no }) => custom_order_no === `m-${index}`)!;
		const life = { order, sold: planOf(index).sold };
		fate(life, index);
		lives.push(life);
	}
}

async function lookIn(process: Engine, given: Partial<NodeRequest> = {}): Promise<RunResult> {
	const parameters = {
		resource: 'esim',
		operation: 'getAlerts',
		topupId: '={{ $json.topup_id }}',
		deviceId: '={{ $json.device_id }}',
		alertOn: ALERTS,
		percents: PERCENTS,
		daysBefore: DAYS_BEFORE,
		options: { allowance: GIVEN_MB },
	};
	const input = lives.map(({ order: { topup_id, esims } }, row) => ({
		json: { topup_id, device_id: esims[0]!.device_id, row },
	}));
	return await process.runNode(node(parameters, { input, ...given }));
}

const told = (result: RunResult): Line[] =>
	result
		.json()
		.filter(({ alert }) => alert !== undefined)
		.map(({ device_id, alert, threshold, usage_day, expires_by }) =>
			lineOf(...([device_id, alert, threshold, usage_day ?? expires_by] as string[])),
		);

/** How often each line is there. */
const countOf = (lines: Line[]): Map<Line, number> => {
	const counts = new Map<Line, number>();
	for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
	return counts;
};

function writeTable(expected: Line[], seen: Line[]): void {
	const write = (cells: Array<string | number>) =>
		process.stdout.write(`| ${cells.join(' | ')} |\n`);
	const [wanted, found] = [countOf(expected), countOf(seen)];
	process.stdout.write(`\n${ESIMS} eSIMs, ${POLLS} looks of two processes in a month\n\n`);
	write(['Alert', 'Expected', 'Seen', 'Missed', 'False', 'Twice']);
	write(['---', '---', '---', '---', '---', '---']);
	for (const alert of ALERTS) {
		const of = (line: Line) => line.split(' ')[1] === alert;
		const [mine, theirs] = [[...wanted.keys()].filter(of), [...found.keys()].filter(of)];
		write([
			alert,
			expected.filter(of).length,
			seen.filter(of).length,
			mine.filter((line) => !found.has(line)).length,
			theirs.filter((line) => !wanted.has(line)).length,
			theirs.filter((line) => found.get(line)! > 1).length,
		]);
	}
}

it('tells each alert once, none too many and none too few', async () => {
	const oracle = new Oracle();
	const expected: Line[] = [];
	const seen: Line[] = [];
	const expectOf = (some: Life[], poll: number) => {
		const knows = ({ sold }: Life) => sold.goneAfter === undefined || poll < RESTART;
		for (const life of some)
			expected.push(...oracle.look(life, simulator.clock.now(), knows(life)));
	};
	for (let poll = 0; poll < POLLS; poll++) {
		happenBefore(simulator, simulator.clock.now(), lives);
		if (lives.length < ESIMS) await buy(Math.min(Math.ceil(ESIMS / 4), ESIMS - lives.length));
		if (poll === RESTART) {
			forgetFacts();
			forgetOnce();
			other = await createEngine({ nodeTypes: nodeOfAnotherProcess() });
		}
		if (poll === OUTAGE) {
			simulator.faults.after(
				'deviceDetail',
				5,
				{ kind: 'code', code: 500, msg: 'Busy' },
				2 * ESIMS,
			);
			for (const process of [engine, other]) seenError(await lookIn(process));
			simulator.faults.clear();
		} else if (poll === HALF_OUTAGE) {
			simulator.faults.after(
				'deviceDetail',
				Math.floor(ESIMS / 3),
				{ kind: 'code', code: 500, msg: 'Busy' },
				Math.floor(ESIMS / 3),
			);
			const half = await lookIn(engine, { onError: 'continueErrorOutput' });
			simulator.faults.clear();
			const failed = half
				.items('Node', 1)
				.map(({ pairedItem }) => (pairedItem as { item: number }).item);
			expect(failed).toHaveLength(Math.floor(ESIMS / 3));
			expectOf(
				lives.filter((_, row) => !failed.includes(row)),
				poll,
			);
			seen.push(...told(half));
		} else {
			expectOf(lives, poll);
			const results = await Promise.all([lookIn(engine), lookIn(other)]);
			for (const result of results) seen.push(...told(result));
		}
		await simulator.clock.advance(POLL_MS - (simulator.clock.now() - START - poll * POLL_MS));
	}
	writeTable(expected, seen);
	expect(lives).toHaveLength(ESIMS);
	// Each of the two processes has ten on their way at most.
	expect(simulator.mostOpen()).toBeLessThanOrEqual(20);
	expect([...seen].sort()).toEqual([...expected].sort());
});
