/**
 * Order Create of many items against a bare signed fetch for each, while MicroeSIM answers at once.
 *
 *   npm run bench -- create [orders]
 */
import { createEngine, type Engine } from '../engine/harness';
import { planById, SAMPLE_PLAN } from '../engine/support/microesim';
import { MicroesimApi } from '../inside';
import { figuresOf, inWords } from './support/figures';
import { paired } from './support/paired';
import { whereTimeGoes } from './support/profile';
import { isSmoke, report } from './support/report';
import { runNode } from './support/run';
import { startSimulatorApart, type SimulatorApart } from './support/simulatorApart';
import { timed } from './support/timed';

const ORDERS = Number(process.argv[2] ?? 300);
const REPEATS = isSmoke ? 1 : 7;
const LEAST = 0.6;

const perSecond = async (work: () => Promise<unknown>): Promise<number> =>
	(1000 * ORDERS) / (await timed(work));

async function createAll(engine: Engine, { credential }: SimulatorApart): Promise<void> {
	const result = await runNode(
		engine,
		credential,
		{ resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN) },
		Array.from({ length: ORDERS }, () => ({ json: {} })),
	);
	const ids = new Set(result.json().map(({ topup_id }) => topup_id));
	if (ids.size !== ORDERS) throw new Error(`${ids.size} orders`);
}

const api = new MicroesimApi();
let numbers = 0;

/** @param more headers besides the signature's; `connection: close` makes a new connection for each, as n8n does */
async function fetchAll(
	{ url, credential }: SimulatorApart,
	more: Record<string, string> = {},
): Promise<void> {
	for (let order = 0; order < ORDERS; order++) {
		const body = new FormData();
		body.append('channel_dataplan_id', SAMPLE_PLAN);
		body.append('number', '1');
		body.append('custom_order_no', `bare-${numbers++}`);
		const { headers } = await api.authenticate(credential, { url: '', headers: more });
		const response = await fetch(`${url}/allesim/v1/esimSubscribe`, {
			method: 'POST',
			headers: headers as Record<string, string>,
			body,
		});
		const { code } = (await response.json()) as { code: number };
		if (code !== 1) throw new Error(`The bare order was answered with ${code}`);
	}
}

async function main(): Promise<void> {
	const simulator = await startSimulatorApart({ plans: 0, balance: 1_000_000_000 });
	const engine = await createEngine();
	const { ours, theirs } = await paired(
		{
			ours: async () => await perSecond(async () => await createAll(engine, simulator)),
			theirs: async () => await perSecond(async () => await fetchAll(simulator)),
		},
		REPEATS,
	);
	const [ourFigures, theirFigures] = [figuresOf(ours), figuresOf(theirs)];
	const ratio = ourFigures.median / theirFigures.median;
	const connecting: number[] = [];
	for (let repeat = 0; repeat < REPEATS; repeat++)
		connecting.push(
			await perSecond(async () => await fetchAll(simulator, { connection: 'close' })),
		);
	const goes = await whereTimeGoes(async () => await createAll(engine, simulator));
	report({
		work: `Order Create, ${ORDERS} items, answered at once`,
		against: 'a bare signed fetch for each, without a guard',
		measured: `${ratio.toFixed(2)} × its speed: ${inWords(ourFigures, 'a second', 0)} to ${inWords(theirFigures, 'a second', 0)}`,
		target: `≥ ${LEAST} ×`,
		reached: ratio >= LEAST,
		why: `n8n makes a connection of its own for each request; the bare fetch does so ${inWords(figuresOf(connecting), 'times a second', 0)}, of which Create has ${(ourFigures.median / figuresOf(connecting).median).toFixed(2)} ×. Its time goes to: ${goes}`,
	});
	engine.close();
	simulator.stop();
}

void main();
