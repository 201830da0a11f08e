import { startSimulator, type Order, type Simulator } from '../../simulator';
import { buy } from '../unit/simulator/client';
import { orderOf, post, pushFields, RECEIVED } from './bench';
import {
	activateFlow,
	allItems,
	readSetup,
	saveCredential,
	startQueueN8n,
	TRIGGER,
	type Flow,
	type NodeAfter,
	type QueueN8n,
} from './harness';

/** Both kinds of pushes go to two processes, which share the database alone. */
const ESIMS = 20;

let simulator: Simulator;
let n8n: QueueN8n;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function newFlow(
	respond: string,
	after?: NodeAfter,
): Promise<{ flow: Flow; urls: [string, string] }> {
	const credential = await saveCredential(n8n.api, simulator);
	const flow = await activateFlow(n8n.api, credential, { respond }, { after, at: n8n.webhooks });
	return { flow, urls: [`${n8n.webhooks[0]}${flow.path}`, `${n8n.webhooks[1]}${flow.path}`] };
}

async function newOrders(): Promise<Order[]> {
	const orders: Order[] = [];
	for (let index = 0; index < ESIMS; index++) orders.push(orderOf(simulator, await buy(simulator)));
	return orders;
}

const codesOf = (orders: Order[]) => orders.map(({ esims }) => esims[0]!.lpa_str).sort();

async function codesRun(flow: Flow, node = TRIGGER): Promise<unknown[]> {
	return (await allItems(n8n.api, flow.id, node)).map(({ lpa_str }) => lpa_str).sort();
}

const describeQueue = readSetup().queue ? describe : describe.skip;

describeQueue(
	'with two webhook processes and a worker (needs Redis on port 6379 and PostgreSQL on port 5432)',
	() => {
		beforeAll(async () => {
			simulator = await startSimulator({ deliveryMs: 0, balance: 1_000_000 });
			n8n = await startQueueN8n();
		});
		afterAll(async () => {
			await n8n?.stop();
			await simulator?.stop();
		});

		it('one push after the other, to different processes, starts one run per eSIM (Immediately)', async () => {
			const { flow, urls } = await newFlow('onReceived');
			const orders = await newOrders();
			for (const [index, order] of orders.entries()) {
				const body = JSON.stringify(pushFields(order));
				for (const delivery of [0, 1, 2]) {
					const { status, text } = await post(urls[(index + delivery) % 2]!, body);
					expect([status, text]).toEqual([200, RECEIVED]);
				}
			}
			expect(await codesRun(flow)).toEqual(codesOf(orders));
		});

		it.each(['onReceived', 'lastNode'])(
			'no eSIM is lost when it reaches two processes at the same moment, though it may run twice (%s)',
			async (respond) => {
				const { flow, urls } = await newFlow(respond);
				const orders = await newOrders();
				for (const order of orders) {
					const body = JSON.stringify(pushFields(order));
					const answers = await Promise.all(urls.map(async (url) => await post(url, body)));
					expect(answers.map(({ status }) => status)).toEqual([200, 200]);
				}
				const runs = await codesRun(flow);
				expect([...new Set(runs)]).toEqual(codesOf(orders));
				say(
					`${ESIMS} eSIMs, each to two processes at the same moment (${respond}): ${runs.length} runs`,
				);
				for (const order of orders) await post(urls[0], JSON.stringify(pushFields(order)));
				const later = await codesRun(flow);
				say(
					`the same ${ESIMS} again, one after the other, to one of them: ${later.length - runs.length} more runs`,
				);
			},
		);

		it('different eSIMs at the same moment, and again to the other process', async () => {
			const { flow, urls } = await newFlow('onReceived');
			const orders = await newOrders();
			await Promise.all(
				orders.map(
					async (order, index) => await post(urls[index % 2]!, JSON.stringify(pushFields(order))),
				),
			);
			const runs = await codesRun(flow);
			expect(runs).toEqual(codesOf(orders));
			for (const [index, order] of orders.entries())
				await post(urls[(index + 1) % 2]!, JSON.stringify(pushFields(order)));
			const later = await codesRun(flow);
			expect([...new Set(later)]).toEqual(codesOf(orders));
			say(
				`${ESIMS} eSIMs at once to two processes, then each to the other one: ${later.length} runs, of which ${later.length - runs.length} are second ones`,
			);
		});

		it("n8n's Remove Duplicates node behind the trigger", async () => {
			const after = {
				name: 'Only New',
				type: 'n8n-nodes-base.removeDuplicates',
				typeVersion: 2,
				parameters: {
					operation: 'removeItemsSeenInPreviousExecutions',
					logic: 'removeItemsWithAlreadySeenKeyValues',
					dedupeValue: '={{ $json.topup_id }}-{{ $json.device_id }}',
					options: {},
				},
			};
			const { flow, urls } = await newFlow('onReceived', after);
			const orders = await newOrders();
			for (const order of orders) {
				const body = JSON.stringify(pushFields(order));
				await Promise.all(urls.map(async (url) => await post(url, body)));
			}
			const passed = await codesRun(flow, after.name);
			say(
				`${ESIMS} eSIMs, each to two processes at the same moment: ${(await codesRun(flow)).length} runs, ${passed.length} items behind Remove Duplicates`,
			);
			expect([...new Set(passed)]).toEqual(codesOf(orders));
		});
	},
);
