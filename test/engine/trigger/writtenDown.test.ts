import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

import { forgetOnce, forgetPushes } from '../../inside';
import { post, pushFields, useTriggerBench } from './support';

/**
 * Where a worker is killed, n8n deletes what its executions had been given, and MicroeSIM was told that it arrived. So
 * the names of all eSIMs stand in n8n's log before anybody can have taken them.
 */

const bench = useTriggerBench();
const lines: string[] = [];

beforeEach(() => {
	forgetOnce();
	lines.length = 0;
	jest.spyOn(Container.get(Logger), 'info').mockImplementation((text) => void lines.push(text));
});
afterEach(() => jest.restoreAllMocks());

it("names the eSIMs of a push in n8n's log: when it is received, and with the execution that has them", async () => {
	const webhook = await bench.serve();
	const order = await bench.buy(2);
	lines.length = 0;
	await bench.simulator.pushNow(order.topup_id, {
		onePushPerOrder: true,
		lists: true,
		encoding: 'json',
		url: webhook.url,
	});
	const [one, other] = order.esims.map(({ device_id }) => device_id);
	const names = `eSIM ${one} of order ${order.topup_id}, eSIM ${other} of order ${order.topup_id}`;
	expect(lines).toEqual([
		`MicroeSIM node "MicroeSIM Trigger" received ${names}`,
		expect.stringMatching(`^MicroeSIM node "MicroeSIM Trigger" has in execution \\S+: ${names}$`),
	]);
});

it('says it before an eSIM is taken, and no code', async () => {
	const webhook = await bench.serve();
	const [order, other] = [await bench.buy(), await bench.buy()];
	await post(webhook.url, pushFields(other));
	const { duplicates } = bench.engine;
	const rows: number[] = [];
	lines.length = 0;
	jest.spyOn(Container.get(Logger), 'info').mockImplementation((text) => {
		rows.push(duplicates.size);
		lines.push(text);
	});
	const before = duplicates.size;
	await post(webhook.url, pushFields(order));
	expect(rows).toEqual([before, before]);
	expect(duplicates.size).toBe(before + 1);
	expect(lines.join()).not.toContain(order.esims[0]!.lpa_str);
});

it('does not let a log that fails lose a push', async () => {
	const webhook = await bench.serve();
	const order = await bench.buy();
	jest.spyOn(Container.get(Logger), 'info').mockImplementation(() => {
		throw new Error('ENOSPC: no space left on device');
	});
	expect((await post(webhook.url, pushFields(order))).status).toBe(200);
	expect(webhook.runs).toHaveLength(1);
});

it('names an eSIM that was handed on before with the execution that ends at the trigger', async () => {
	const body = pushFields(await bench.buy());
	const webhook = await bench.serve();
	await post(webhook.url, body);
	forgetPushes();
	lines.length = 0;
	await post(webhook.url, body);
	expect(lines).toHaveLength(2);
});
