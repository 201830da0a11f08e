import { setTimeout as sleep } from 'node:timers/promises';

import { post, pushFields, startBench, type Bench } from './bench';
import { activateFlow, startShop, TRIGGER, type Shop } from './harness';

let shop: Shop;
let bench: Bench;

beforeAll(async () => {
	shop = await startShop(TRIGGER);
	bench = await startBench({}, { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' });
});
afterAll(async () => {
	await bench?.stop();
	await shop?.stop();
});

it('a limit of executions keeps the sender waiting for the run before (When Last Node Finishes)', async () => {
	const { api, url } = bench.n8n;
	const after = shop.node;
	const flow = await activateFlow(api, bench.credential, { respond: 'lastNode' }, { after });
	let open = () => {};
	shop.ready = new Promise((resolve) => (open = resolve));
	const answered: string[] = [];
	const push = async (name: string) => {
		const { status } = await post(
			`${url}${flow.path}`,
			JSON.stringify(pushFields(await bench.buy())),
		);
		answered.push(`${name} ${status}`);
	};
	const first = push('first');
	while (shop.calls.size < 1) await sleep(20);
	const lookedUp = bench.simulator.requests.length;
	const second = push('second');
	while (bench.simulator.requests.length <= lookedUp + 1) await sleep(20);
	// believed, and in line
	await sleep(1000);
	expect([answered, shop.calls.size]).toEqual([[], 1]);
	open();
	await Promise.all([first, second]);
	expect(answered).toEqual(['first 200', 'second 200']);
	expect(shop.calls.size).toBe(2);
});
