import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type Order, type Simulator } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf, post, pushFields, RECEIVED } from '../bench';
import {
	activateFlow,
	executionsUnderWay,
	inWhole,
	readSetup,
	saveCredential,
	startQueueN8n,
	startShop,
	TRIGGER,
	type Flow,
	type QueueN8n,
	type Shop,
} from '../harness';

/** Two webhook processes and two workers, which share the database alone. */

const MANY = inWhole(1000, 300);
const FEW = 20;
/** Pairs of deliveries that are under way at once. */
const PAIRS = 16;

let simulator: Simulator;
let n8n: QueueN8n;
let shop: Shop;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function newFlow(respond: string): Promise<{ flow: Flow; urls: [string, string] }> {
	const credential = await saveCredential(n8n.api, simulator);
	const given = { after: shop.node, at: n8n.webhooks };
	const flow = await activateFlow(n8n.api, credential, { respond }, given);
	return { flow, urls: [`${n8n.webhooks[0]}${flow.path}`, `${n8n.webhooks[1]}${flow.path}`] };
}

async function newOrders(count: number): Promise<Order[]> {
	const orders: Order[] = [];
	for (let index = 0; index < count; index++) orders.push(orderOf(simulator, await buy(simulator)));
	return orders;
}

/** Delivers one push as MicroeSIM does: again and again until it is received. @returns how often */
async function deliver(url: string, body: string): Promise<number> {
	for (let deliveries = 1; ; deliveries++) {
		const status = await post(url, body).then(
			(answer) => answer.status,
			() => 0,
		);
		if (status === 200) return deliveries;
		await sleep(200);
	}
}

const callsFor = ({ topup_id, esims }: Order) =>
	shop.calls.get(`${topup_id}-${esims[0]!.device_id}`) ?? 0;

/**
 * Waits until nothing goes on any more. An execution that a killed process has written down but not put into the queue
 * stays "new" for ever; MicroeSIM was not answered then.
 */
async function whenQuiet({ id }: Flow): Promise<void> {
	let [before, same] = ['', 0];
	while (same < 8) {
		const left = await executionsUnderWay(n8n.api, id);
		const now = left.map((execution) => `${execution.id} ${execution.status}`).join();
		const isStill = now === before && left.every(({ status }) => status === 'new');
		same = isStill ? same + 1 : 0;
		before = now;
		await sleep(500);
	}
}

async function executionsWith({ id }: Flow, status: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: [status] }));
	const page = await n8n.api.call<{ results: unknown[] }>(
		'GET',
		`/executions?limit=100&filter=${filter}`,
	);
	return page.results.length;
}

const describeQueue = readSetup().queue ? describe : describe.skip;

describeQueue(
	'with two webhook processes and two workers (needs Redis on port 6379 and PostgreSQL on port 5432)',
	() => {
		beforeAll(async () => {
			simulator = await startSimulator({ deliveryMs: 0, balance: 1_000_000 });
			shop = await startShop(TRIGGER);
			n8n = await startQueueN8n({ workers: 2 });
		});
		afterAll(async () => {
			await n8n?.stop();
			await shop?.stop();
			await simulator?.stop();
		});
		beforeEach(() => {
			shop.calls.clear();
			shop.status = 200;
		});

		it(`${MANY} eSIMs, each to both at the same moment, with a SIGKILL of each: every one is handed on once (Immediately)`, async () => {
			const { flow, urls } = await newFlow('onReceived');
			const orders = await newOrders(MANY);
			const waiting = [...orders];
			let [deliveries, done] = [0, 0];
			const pairs = async () => {
				for (let order = waiting.shift(); order; order = waiting.shift()) {
					const body = JSON.stringify(pushFields(order));
					const both = await Promise.all(urls.map(async (url) => await deliver(url, body)));
					deliveries += both[0]! + both[1]!;
					done++;
				}
			};
			const crashes = async () => {
				for (const index of [0, 1] as const) {
					while (done < (MANY / 3) * (index + 1)) await sleep(20);
					await n8n.crashWebhook(index);
				}
			};
			await Promise.all([crashes(), ...Array.from({ length: PAIRS }, pairs)]);
			for (const order of orders.filter((_, index) => index % 4 === 0)) {
				deliveries += await deliver(urls[done++ % 2]!, JSON.stringify(pushFields(order)));
			}
			await whenQuiet(flow);
			const counts = orders.map(callsFor);
			const times = (wanted: (calls: number) => boolean) => counts.filter(wanted).length;
			say(
				`${MANY} eSIMs in ${deliveries} deliveries to two processes, each killed once: handed on once ` +
					`${times((calls) => calls === 1)}, twice or more ${times((calls) => calls > 1)}, never ${times((calls) => calls === 0)}; ` +
					`executions that failed ${await executionsWith(flow, 'error')}, that never began ${await executionsWith(flow, 'new')}`,
			);
			expect(counts).toEqual(Array(MANY).fill(1));
			expect(await executionsWith(flow, 'error')).toBe(0);
		}, 900_000);

		it('one push after the other, to different processes, is handed on once (Immediately)', async () => {
			const { flow, urls } = await newFlow('onReceived');
			const orders = await newOrders(FEW);
			for (const [index, order] of orders.entries()) {
				const body = JSON.stringify(pushFields(order));
				for (const delivery of [0, 1, 2]) {
					const { status, text } = await post(urls[(index + delivery) % 2]!, body);
					expect([status, text]).toEqual([200, RECEIVED]);
				}
			}
			await whenQuiet(flow);
			expect(orders.map(callsFor)).toEqual(Array(FEW).fill(1));
		});

		it('no eSIM is lost when it reaches both at the same moment, though it may run twice (When Last Node Finishes)', async () => {
			const { urls } = await newFlow('lastNode');
			const orders = await newOrders(FEW);
			for (const order of orders) {
				const body = JSON.stringify(pushFields(order));
				const answers = await Promise.all(urls.map(async (url) => await post(url, body)));
				expect(answers.map(({ status }) => status)).toEqual([200, 200]);
			}
			const counts = orders.map(callsFor);
			expect(Math.min(...counts)).toBeGreaterThan(0);
			say(
				`${FEW} eSIMs, each to two processes at the same moment (When Last Node Finishes): ${counts.reduce((sum, calls) => sum + calls)} runs`,
			);
		});

		it('a run that fails is started again by the push that comes again, also to the other process (When Last Node Finishes)', async () => {
			const { urls } = await newFlow('lastNode');
			const [order] = await newOrders(1);
			const body = JSON.stringify(pushFields(order!));
			shop.status = 500;
			for (const url of urls) expect((await post(url, body)).status).toBe(500);
			shop.status = 200;
			expect((await post(urls[0], body)).status).toBe(200);
			expect((await post(urls[0], body)).status).toBe(200);
			expect(callsFor(order!)).toBe(3);
		});
	},
);
