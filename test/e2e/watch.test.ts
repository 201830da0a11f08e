import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type Plan, type Simulator } from '../../simulator';
import { startBench, type Bench } from './bench';
import { allItems, executionsOf, NOTHING, publish, until } from './harness';

/** A week of looks in a real n8n, pressed into a minute or two: exactly the runs that must start. */

const TRIGGER = 'MicroeSIM Watch Trigger';
/** n8n lets none of its poll times come more often than once a minute, but takes as many as one likes. */
const SECONDS = Array.from({ length: 60 }, (_, index) => index);
/** On two cores that have other work, too. */
const TIMEOUT_MS = 600_000;
const EVENTS = [
	'balance_above',
	'balance_below',
	'new_plan',
	'plan_back',
	'plan_changed',
	'plan_gone',
	'plan_price',
];

let bench: Bench;
let workflow: string;

beforeAll(async () => {
	bench = await startBench({ plans: 1200, balance: 1000 });
	const trigger = {
		id: randomUUID(),
		name: TRIGGER,
		type: 'n8n-nodes-microesim.microesimWatchTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {
			pollTimes: {
				item: SECONDS.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
			},
			events: EVENTS,
			threshold: 500,
		},
		credentials: { microesimApi: bench.credential },
	};
	const after = { ...NOTHING, id: randomUUID(), position: [260, 0] as [number, number] };
	const connections = { [TRIGGER]: { main: [[{ node: NOTHING.name, type: 'main', index: 0 }]] } };
	workflow = await publish(bench.n8n.api, 'Watch', [trigger, after], connections as never);
});
afterAll(async () => await bench?.stop());

const looks = (at = bench.simulator) =>
	at.requests.filter(({ endpoint }) => endpoint === 'accountBalance').length;

/** Waits until so many whole looks were begun and ended after now. @param at whose account is looked at */
async function look(times = 1, at = bench.simulator): Promise<void> {
	const from = looks(at);
	while (looks(at) <= from + times) await sleep(100);
}

/** Changes the credential of the trigger to this account. @param secret another one than its own */
async function signInTo({ url, account, salt, ...at }: Simulator, secret = at.secret) {
	const data = { environment: 'custom', baseUrl: url, account, secret, salt };
	const { id, name } = bench.credential;
	await bench.n8n.api.call('PATCH', `/credentials/${id}`, { name, type: 'microesimApi', data });
}

const runs = async (): Promise<string[][]> => {
	const items = await allItems(bench.n8n.api, workflow, TRIGGER);
	return items.map(({ event, channel_dataplan_id }) =>
		[event, channel_dataplan_id].filter(Boolean).map(String),
	);
};

it(
	'starts a run for each change, and for nothing else',
	async () => {
		const { simulator, n8n } = bench;
		const { plans } = simulator;
		const [priced, renamed, sold, down, forced, anew] = plans.filter(
			({ status }) => status === '1',
		) as [Plan, Plan, Plan, Plan, Plan, Plan];
		await look();
		simulator.balance = 450;
		await look();
		simulator.balance = 300;
		await look();
		simulator.balance = 700;
		await look();
		priced.price = '1.23';
		await look();
		renamed.channel_dataplan_name = 'Another name';
		await look();
		sold.status = '0';
		await look(3);
		sold.status = '1';
		await look();
		plans.push({ ...priced, channel_dataplan_id: 'new-1' });
		await look();

		// An outage: nothing is told of it, and what changed meanwhile is told behind it.
		simulator.faults.always('*', { kind: 'http', status: 503 });
		down.price = '2.34';
		const before = simulator.requests.length;
		// Two looks with all their repeats.
		while (simulator.requests.length < before + 16) await sleep(100);
		simulator.faults.clear();
		await look();

		// Plans that move while the pages are read.
		const moved = [...plans];
		simulator.onPage = (page) => {
			if (page === 1) plans.splice(0, Infinity, ...moved.slice(0, 40), ...moved.slice(41));
		};
		await look();
		simulator.onPage = undefined;
		plans.splice(0, Infinity, ...moved);
		await look();

		// A restart, while which something changes, and one by force.
		const restarted = n8n.restart();
		await sleep(500);
		forced.price = '3.45';
		await restarted;
		await look();
		// a run that is killed while it starts is a crashed execution, which tells nobody
		await until(
			async () => (await runs()).some(([, id]) => id === forced.channel_dataplan_id),
			'what changed meanwhile is told',
		);
		await n8n.restart('byForce');
		await look();

		// All plans vanish, and come back: one run says so.
		plans.splice(0, Infinity);
		await look(4);
		plans.push(...moved);
		await look(2);

		// A wrong secret, another account with other plans and a low balance, and the first one again, which begins anew.
		await signInTo(simulator, 'wrong');
		await look(2);
		const other = await startSimulator({ plans: 300, seed: 2, balance: 1, account: 'another' });
		await signInTo(other);
		await look(3, other);
		anew.price = '4.56';
		await signInTo(simulator);
		await other.stop();
		await look(2);
		anew.price = '5.67';
		await look(2);

		expect(await runs()).toEqual(
			[
				['balance_below'],
				['balance_above'],
				['plan_price', priced.channel_dataplan_id],
				['plan_changed', renamed.channel_dataplan_id],
				['plan_gone', sold.channel_dataplan_id],
				['plan_back', sold.channel_dataplan_id],
				['new_plan', 'new-1'],
				['plan_price', down.channel_dataplan_id],
				['plan_price', forced.channel_dataplan_id],
				['too_many_changes'],
				['plan_price', anew.channel_dataplan_id],
			].reverse(),
		);
		const executions = await executionsOf(n8n.api, workflow);
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success', 'error']));
		const pages = simulator.requests.filter(
			({ endpoint }) => endpoint === 'esimDataplanListPage',
		).length;
		process.stdout.write(
			`${looks()} looks at ${plans.length} plans: ${(pages / looks()).toFixed(1)} pages each\n`,
		);
	},
	TIMEOUT_MS,
);
