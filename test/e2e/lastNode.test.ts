import { randomUUID } from 'node:crypto';

import { post, pushFields, RECEIVED, startBench, type Bench } from './bench';
import { activateFlow, executionsOf, startShop, TRIGGER, type Flow, type Shop } from './harness';

let shop: Shop;
let bench: Bench;
let flow: Flow;
let url: string;

beforeAll(async () => {
	shop = await startShop(TRIGGER);
	bench = await startBench();
	const given = { after: shop.node };
	flow = await activateFlow(bench.n8n.api, bench.credential, { respond: 'lastNode' }, given);
	url = `${bench.n8n.url}${flow.path}`;
});
afterAll(async () => {
	await bench?.stop();
	await shop?.stop();
});
beforeEach(() => {
	shop.status = 200;
	shop.calls.clear();
});

const shopCalls = () => [...shop.calls.values()].reduce((sum, calls) => sum + calls, 0);

const statuses = async () =>
	(await executionsOf(bench.n8n.api, flow.id)).map(({ status }) => status);

it('a run that fails is answered 500 and pushed again until it succeeds, then never again', async () => {
	const body = JSON.stringify(pushFields(await bench.buy()));
	shop.status = 500;
	for (const attempt of [1, 2])
		expect([attempt, (await post(url, body)).status]).toEqual([attempt, 500]);
	shop.status = 200;
	for (const attempt of [3, 4, 5]) {
		const { status, text } = await post(url, body);
		expect([attempt, status, text]).toEqual([attempt, 200, RECEIVED]);
	}
	expect((await statuses()).sort()).toEqual(['error', 'error', 'success']);
	expect(shopCalls()).toBe(3);
});

it('deliveries at the same moment share one run and its outcome', async () => {
	const before = (await statuses()).length;
	const body = JSON.stringify(pushFields(await bench.buy()));
	const answers = await Promise.all(Array.from({ length: 6 }, async () => await post(url, body)));
	expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(6).fill([200, RECEIVED]));
	expect(shopCalls()).toBe(1);
	expect(await statuses()).toHaveLength(before + 1);
});

it('a run that falls asleep counts as finished: what fails afterwards is not pushed again', async () => {
	const sleeper = {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { resume: 'webhook', options: {} },
		webhookId: randomUUID(),
	};
	const asleep = await activateFlow(
		bench.n8n.api,
		bench.credential,
		{ respond: 'lastNode' },
		{ after: sleeper },
	);
	const body = JSON.stringify(pushFields(await bench.buy()));
	for (const delivery of [1, 2]) {
		const { status, text } = await post(`${bench.n8n.url}${asleep.path}`, body);
		expect([delivery, status, text]).toEqual([delivery, 200, RECEIVED]);
	}
	const page = await bench.n8n.api.call<{ results: Array<{ status: string }> }>(
		'GET',
		`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: asleep.id }))}`,
	);
	expect(page.results.map(({ status }) => status)).toEqual(['waiting']);
});

it('what was done is remembered over a restart once another push came after it', async () => {
	const done = JSON.stringify(pushFields(await bench.buy()));
	await post(url, done);
	await post(url, JSON.stringify(pushFields(await bench.buy())));
	await bench.n8n.restart();
	expect((await post(url, done)).text).toBe(RECEIVED);
	// a run that ends at the trigger: the node behind it is not called
	expect((await statuses()).at(0)).toBe('success');
	expect(shopCalls()).toBe(2);
});
