import type { Order } from '../../simulator';
import { pushFields, RECEIVED, post, startBench, type Bench } from './bench';
import { activateFlow, activateTwin, allItems, executionsOf, TRIGGER, TWIN } from './harness';

const ESIMS = 200;
const AT_ONCE = 8;

let bench: Bench;

beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench?.stop());

/** Pushes in this order, several at a time, and expects each to be received. */
async function pushAll(url: string, orders: Order[]): Promise<void> {
	const waiting = [...orders];
	const sender = async () => {
		for (let order = waiting.shift(); order; order = waiting.shift()) {
			const { status, text } = await post(url, JSON.stringify(pushFields(order)));
			expect([order.topup_id, status, text]).toEqual([order.topup_id, 200, RECEIVED]);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

it(`${ESIMS} eSIMs, each pushed one to four times, at once and over restarts, start exactly ${ESIMS} runs`, async () => {
	const { id, url } = await bench.flow();
	const orders: Order[] = [];
	for (let index = 0; index < ESIMS; index++) orders.push(await bench.buy());
	const [early, late] = [orders.slice(0, ESIMS / 2), orders.slice(ESIMS / 2)];
	const pushedTimes = (times: number) => (_order: Order, index: number) => (index % 4) + 1 >= times;
	// the same eSIM twice in a row: both deliveries are under way at the same moment
	await pushAll(
		url,
		early.flatMap((order, index) => (index % 4 > 0 ? [order, order] : [order])),
	);
	await bench.n8n.restart();
	await pushAll(url, [
		...early.filter(pushedTimes(3)),
		...late.flatMap((order, index) => (index % 4 > 0 ? [order, order] : [order])),
	]);
	// a run that is cut off is n8n's to report; here it is about what is remembered
	await executionsOf(bench.n8n.api, id);
	await bench.n8n.restart('byForce');
	await pushAll(url, [
		...early.filter(pushedTimes(4)),
		...late.filter(pushedTimes(3)),
		...late.filter(pushedTimes(4)),
	]);
	const items = await allItems(bench.n8n.api, id, TRIGGER);
	const runs = (order: Order) =>
		items.filter(
			({ topup_id, lpa_str }) => topup_id === order.topup_id && lpa_str === order.esims[0]!.lpa_str,
		).length;
	expect(
		orders
			.filter((order) => runs(order) !== 1)
			.map((order) => `${order.topup_id} ran ${runs(order)} times`),
	).toEqual([]);
});

it.each(['politely', 'byForce'] as const)(
	'every push is remembered when n8n is restarted %s, not only the first one',
	async (how) => {
		const { id, url } = await bench.flow();
		const orders = [await bench.buy(), await bench.buy(), await bench.buy()];
		for (const order of orders) await pushAll(url, [order]);
		expect(await allItems(bench.n8n.api, id, TRIGGER)).toHaveLength(3);
		await bench.n8n.restart(how);
		await pushAll(url, orders);
		expect(await allItems(bench.n8n.api, id, TRIGGER)).toHaveLength(3);
	},
);

it('two triggers in one workflow hand on each eSIM once, also over a SIGKILL', async () => {
	const orders: Order[] = [];
	for (let index = 0; index < 20; index++) orders.push(await bench.buy());
	const { id, paths } = await activateTwin(bench.n8n.api, bench.credential);
	const pushBoth = async () => {
		for (const path of paths) await pushAll(`${bench.n8n.url}${path}`, orders);
	};
	await pushBoth();
	await executionsOf(bench.n8n.api, id);
	await bench.n8n.restart('byForce');
	await pushBoth();
	for (const name of [TRIGGER, TWIN]) {
		const seen = (await allItems(bench.n8n.api, id, name)).map(({ lpa_str }) => lpa_str);
		expect([name, seen.sort()]).toEqual([
			name,
			orders.map(({ esims }) => esims[0]!.lpa_str).sort(),
		]);
	}
});

it('a node behind finds the item of the trigger that belongs to its own, of several', async () => {
	const behind = {
		name: 'Behind',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: `={{ ({ own: $json.device_id, paired: $('${TRIGGER}').item.json.device_id, once: $('${TRIGGER}').all().length }) }}`,
			options: {},
		},
	};
	const { api } = bench.n8n;
	const flow = await activateFlow(api, bench.credential, {}, { after: behind });
	const order = await bench.buy({ number: '3' });
	const url = `${bench.n8n.url}${flow.path}`;
	await bench.simulator.pushNow(order.topup_id, { onePushPerOrder: true, encoding: 'json', url });
	const expected = order.esims.map(({ device_id }) => ({
		own: device_id,
		paired: device_id,
		once: 3,
	}));
	expect(await allItems(api, flow.id, behind.name)).toEqual(expected);
});
