import type { IDataObject } from 'n8n-workflow';

import { seenError, textOf } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { useBench } from './support/useBench';

const bench = useBench({}, { keepOrders: true });
let good: { topupId: string; deviceId: string };

beforeAll(async () => {
	await bench.run('order', 'create', {
		planId: planById(SAMPLE_PLAN),
		customOrderNo: 'first',
		quantity: 3,
	});
	const [order] = bench.simulator.ledger;
	good = { topupId: order?.topup_id ?? '', deviceId: order?.esims[0]?.device_id ?? '' };
	await bench.simulator.clock.advance(86_400_000);
});

interface Case {
	resource: string;
	operation: string;
	/** Parameters that read "id" and "device" from the item. */
	parameters: IDataObject;
	/** The item that works; the one that fails has "" or nonsense instead. */
	works: () => IDataObject;
	fails: IDataObject;
	says: string;
	/** Items that come out of one good item. */
	gives: number;
	/** What stands beside the error. */
	tells?: object;
}

const both = { topupId: '={{ $json.id }}', deviceId: '={{ $json.device }}' };
const cases: Case[] = [
	{
		resource: 'account',
		operation: 'getBalance',
		parameters: { options: { lowBalanceThreshold: '={{ $json.id }}' } },
		works: () => ({ id: 5 }),
		fails: { id: 'much' },
		says: '"Low Balance Threshold"',
		gives: 1,
	},
	{
		resource: 'dataPlan',
		operation: 'get',
		parameters: { planId: planById('={{ $json.id }}') },
		works: () => ({ id: SAMPLE_PLAN }),
		fails: { id: 'nope' },
		says: 'no data plan with the ID "nope"',
		gives: 1,
	},
	{
		resource: 'dataPlan',
		operation: 'getMany',
		parameters: { limit: '={{ $json.id }}' },
		works: () => ({ id: 2 }),
		fails: { id: 0 },
		says: '"Limit"',
		gives: 2,
	},
	{
		resource: 'order',
		operation: 'create',
		parameters: { planId: planById('={{ $json.id }}') },
		works: () => ({ id: SAMPLE_PLAN }),
		fails: { id: 'nope' },
		says: '"The data plan does not exist" (code 9424)',
		gives: 1,
		tells: { outcome: 'not_bought', custom_order_no: expect.any(String) },
	},
	{
		resource: 'order',
		operation: 'get',
		parameters: both,
		works: () => ({ id: good.topupId }),
		fails: { id: '1' },
		says: '"No results were found" (code 9404)',
		gives: 3,
	},
	{
		resource: 'order',
		operation: 'requestCallback',
		parameters: { ...both, callbackUrl: 'http://127.0.0.1:9/x' },
		works: () => ({ id: good.topupId }),
		fails: { id: '1' },
		says: '"No results were found" (code 9404)',
		gives: 1,
	},
	{
		resource: 'order',
		operation: 'waitForDelivery',
		parameters: both,
		works: () => ({ id: good.topupId }),
		fails: { id: '' },
		says: '"Order ID" is empty',
		gives: 3,
	},
	{
		resource: 'esim',
		operation: 'get',
		parameters: both,
		works: () => ({ id: good.topupId, device: good.deviceId }),
		fails: { id: '1', device: '2' },
		says: '"No results were found"',
		gives: 1,
	},
	{
		resource: 'esim',
		operation: 'getEvents',
		parameters: both,
		works: () => ({ device: good.deviceId }),
		fails: { device: '2' },
		says: '"No results were found"',
		gives: 5,
	},
	{
		resource: 'esim',
		operation: 'getQrCode',
		parameters: { activationCode: '={{ $json.id }}' },
		works: () => ({ id: 'LPA:1$a.example$X' }),
		fails: { id: 'X' },
		says: '"Activation Code" cannot be used',
		gives: 1,
	},
];

describe.each(cases)(
	'$resource: $operation',
	({ resource, operation, parameters, works, fails, says, gives, tells }) => {
		const run = async (inputs: IDataObject[], given = {}) =>
			await bench.run(resource, operation, parameters, {
				input: inputs.map((json) => ({ json })),
				...given,
			});

		it('links every item that comes out to the item it came from', async () => {
			const result = await run([works(), works()]);
			expect(result.error()).toBeUndefined();
			const links = [0, 1].flatMap((item) => Array.from({ length: gives }, () => ({ item })));
			expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(links);
		});

		it('names the item that failed', async () => {
			const error = seenError(await run([works(), fails]));
			expect(error.message).toContain(says);
			expect(error.message).toMatch(/ \[item 1\]$/);
			expect(error.itemIndex).toBe(1);
		});

		it('continues on fail with an item that holds the error and what to do', async () => {
			const result = await run([fails, works()], { onError: 'continueRegularOutput' });
			expect(result.error()).toBeUndefined();
			const [first, ...others] = result.items();
			expect(first?.json).toEqual({
				error: expect.stringContaining(says) as string,
				description: expect.any(String) as string,
				...tells,
			});
			expect(first?.pairedItem).toEqual({ item: 0 });
			expect(others.map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: gives }, () => ({ item: 1 })),
			);
			expect(others.every(({ json }) => json.error === undefined)).toBe(true);
		});

		it('sends the failure to the error output and the rest to the other', async () => {
			const result = await run([works(), fails, works()], { onError: 'continueErrorOutput' });
			expect(result.items('Node', 0)).toHaveLength(2 * gives);
			expect(result.json('Node', 1)).toHaveLength(1);
			expect(textOf(result.json('Node', 1)[0], 'error')).toContain(says);
		});
	},
);

it('links what Terminate puts out, and continues after one that is refused', async () => {
	const input = bench.simulator.ledger[0]?.esims.map(({ device_id }) => ({
		json: { id: good.topupId, device: device_id },
	}));
	const twice = [...(input ?? []), ...(input ?? []).slice(0, 1)];
	const result = await bench.run('esim', 'terminate', both, {
		input: twice,
		onError: 'continueRegularOutput',
	});
	expect(result.items().map(({ json, pairedItem }) => [json.terminated, pairedItem])).toEqual([
		[true, { item: 0 }],
		[true, { item: 1 }],
		[true, { item: 2 }],
		[undefined, { item: 3 }],
	]);
	expect(textOf(result.json()[3], 'error')).toContain(
		'"The eSIM is terminated already" (code 9430) [item 3]',
	);
});
