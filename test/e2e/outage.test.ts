import type { Fault, Order } from '../../simulator';
import { startBench, type Bench } from './bench';
import { allItems, TRIGGER } from './harness';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

let bench: Bench;

beforeAll(async () => (bench = await startBench({ clock: { mode: 'manual' } })));
afterAll(async () => await bench?.stop());

const outages: [string, Fault][] = [
	['answers 503', { kind: 'http', status: 503 }],
	['cuts the connection', { kind: 'cutBefore' }],
	['answers a page of HTML', { kind: 'html200' }],
];

describe.each(outages)('while the look-up %s', (_name, fault) => {
	afterEach(() => bench.simulator.faults.clear());

	it('for a minute, every order still arrives by retry or in the next hour, once', async () => {
		const { simulator } = bench;
		const { id, url } = await bench.flow();
		const buySome = async (count: number) => {
			const orders: Order[] = [];
			for (let index = 0; index < count; index++) orders.push(await bench.buy({ notify_url: url }));
			return orders;
		};
		simulator.faults.always('deviceDetail', fault);
		const early = await buySome(8);
		// the first push and both retries meet the outage
		await simulator.clock.advance(57 * SECOND_MS);
		const late = await buySome(8);
		await simulator.clock.advance(3 * SECOND_MS);
		expect(await allItems(bench.n8n.api, id, TRIGGER)).toEqual([]);
		simulator.faults.clear();
		// the later orders have a retry left, the earlier ones wait for the hour
		await simulator.clock.advance(15 * SECOND_MS);
		await arrived(id, late);
		await simulator.clock.advance(HOUR_MS);
		await arrived(id, [...early, ...late]);
		await simulator.clock.advance(3 * HOUR_MS);
		await arrived(id, [...early, ...late]);
		expect(causes(early)).toEqual(
			Array(8).fill(['first 503', 'retry 503', 'retry 503', 'hourly 200']),
		);
		expect(causes(late)).toEqual(Array(8).fill(['first 503', 'retry 200']));
	});
});

async function arrived(id: string, orders: Order[]): Promise<void> {
	const codes = (await allItems(bench.n8n.api, id, TRIGGER)).map(({ lpa_str }) => lpa_str);
	expect(codes.sort()).toEqual(orders.map(({ esims }) => esims[0]!.lpa_str).sort());
}

const causes = (orders: Order[]) =>
	orders.map(({ pushes }) => pushes.map(({ cause, status }) => `${cause} ${status}`));
