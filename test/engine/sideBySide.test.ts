import type { IDataObject } from 'n8n-workflow';

import { seenError, sentTo } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { useBench } from './support/useBench';

const bench = useBench({}, { keepOrders: true });
const ORDERS = 25;

interface Bought extends IDataObject {
	id: string;
	device: string;
}

let bought: Bought[];
beforeAll(async () => {
	await bench.run(
		'order',
		'create',
		{ planId: planById(SAMPLE_PLAN), customOrderNo: '={{ "n" + $itemIndex }}' },
		{ input: Array.from({ length: ORDERS }, () => ({ json: {} })) },
	);
	bought = bench.simulator.ledger.map(({ topup_id, esims: [esim] }) => ({
		id: topup_id,
		device: esim!.device_id,
	}));
	await bench.simulator.clock.advance(86_400_000);
});
beforeEach(() => bench.simulator.forgetMostOpen());

const order = { topupId: '={{ $json.id }}' };
const device = { deviceId: '={{ $json.device }}' };
type Read = [resource: string, operation: string, parameters: IDataObject, endpoint: string];

const READS: Read[] = [
	['esim', 'get', { ...order, ...device }, 'deviceDetail'],
	['esim', 'getEvents', device, 'eventDetail'],
	['order', 'get', order, 'topupDetail'],
];

interface Given {
	input?: IDataObject[];
	onError?: 'continueRegularOutput';
	/** No answer goes out before so many requests are open at once. */
	untilOpen?: number;
}

const readAll = async (
	[resource, operation, parameters, endpoint]: Read,
	options: IDataObject = {},
	given: Given = {},
) => {
	const { input = bought, untilOpen, ...rest } = given;
	bench.simulator.faults.always(endpoint, { kind: 'slow', ms: 30, untilOpen });
	return await bench.run(
		resource,
		operation,
		{ ...parameters, simplify: false, options },
		{ input: input.map((json) => ({ json })), ...rest },
	);
};

describe.each(READS)('%s: %s', (...read) => {
	const [, , , endpoint] = read;
	const sent = () => sentTo(bench.simulator, endpoint);

	it('asks about ten items at once, and puts them out in their sequence', async () => {
		const result = await readAll(read, {}, { untilOpen: 10 });
		expect(bench.simulator.mostOpen(endpoint)).toBe(10);
		expect(sent()).toHaveLength(ORDERS);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			result
				.items()
				.map(({ pairedItem }) => pairedItem)
				.sort((one, other) => (one as { item: number }).item - (other as { item: number }).item),
		);
		for (const { json, pairedItem } of result.items()) {
			const { id, device: deviceId } = bought[(pairedItem as { item: number }).item]!;
			const text = JSON.stringify(json);
			expect(text.includes(id) || text.includes(deviceId) || endpoint === 'eventDetail').toBe(true);
		}
	});

	it.each([1, 3])('asks about no more than the option says: %i', async (concurrentRequests) => {
		await readAll(read, { concurrentRequests }, { untilOpen: concurrentRequests });
		expect(bench.simulator.mostOpen(endpoint)).toBe(concurrentRequests);
	});

	it.each([0, 11, 'many'])('sends nothing where the option is %p', async (concurrentRequests) => {
		const error = seenError(await readAll(read, { concurrentRequests }));
		expect(error.message).toContain('"Concurrent Requests" must be a whole number from 1 to 10');
		expect(sent()).toEqual([]);
	});

	it('puts each error out with its item, and goes on', async () => {
		const input = bought.map((json, index) => (index % 10 === 3 ? { id: '', device: '' } : json));
		const result = await readAll(read, {}, { input, onError: 'continueRegularOutput' });
		const failed = result.items().filter(({ json }) => 'error' in json);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(
			[3, 13, 23].map((item) => ({ item })),
		);
		expect(sent()).toHaveLength(ORDERS - 3);
	});

	it('begins no other item after one that failed, and tells of the first', async () => {
		const input = bought.map((json, index) => (index >= 2 ? { id: '', device: '' } : json));
		const error = seenError(await readAll(read, { concurrentRequests: 4 }, { input }));
		expect(error.itemIndex).toBe(2);
		expect(sent()).toHaveLength(2);
	});
});

it('changes stay one after another', async () => {
	bench.simulator.faults.always('terminate', { kind: 'slow', ms: 20 });
	await bench.run(
		'esim',
		'terminate',
		{ ...order, ...device },
		{ input: bought.slice(0, 5).map((json) => ({ json })), onError: 'continueRegularOutput' },
	);
	expect(bench.simulator.mostOpen('terminate')).toBeLessThanOrEqual(1);
});
