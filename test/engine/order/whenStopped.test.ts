import '../harness/environment';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IRun } from 'n8n-workflow';

import { items, sentTo } from '../support/look';
import { useBenches } from '../support/useBench';
import { ORDER, useShop } from './support';

const shop = useShop();
const openBench = useBenches();

afterEach(() => jest.restoreAllMocks());

it('orders nothing more once the execution is stopped', async () => {
	const stop = new AbortController();
	shop.simulator.faults.after('esimSubscribe', 1, { kind: 'slow', ms: 20_000, book: false });
	const watch = setInterval(() => {
		if (sentTo(shop.simulator, 'esimSubscribe').length === 2) stop.abort();
	}, 10);
	const result = await shop.buy({
		input: items('a', 'b', 'c', 'd'),
		onError: 'continueRegularOutput',
		signal: stop.signal,
	});
	clearInterval(watch);
	expect(result.run.status).toBe('canceled');
	expect(shop.sent()).toEqual(['a', 'b']);
});

it('says that an order may have been bought when the execution is stopped while it is on its way', async () => {
	const stop = new AbortController();
	shop.simulator.faults.always('esimSubscribe', { kind: 'slow', ms: 20_000 });
	const watch = setInterval(() => {
		if (shop.simulator.ledger.length === 1) stop.abort();
	}, 10);
	const result = await shop.buy({ signal: stop.signal });
	clearInterval(watch);
	const error = result.error('Node');
	expect(error?.message).toContain('the execution was canceled');
	expect(error?.message).toContain('may have been bought');
	expect(error?.message).toContain('"1001-1"');
	expect(result.run.status).toBe('canceled');
});

it('an order that stopping kept from leaving does not block its number', async () => {
	const buy = shop.node({ concurrentOrders: 1 });
	const abort = new AbortController();
	shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 600 });
	const running = buy({
		signal: abort.signal,
		input: items('a', 'b'),
		onError: 'continueRegularOutput',
	});
	while (shop.simulator.ledger.length === 0)
		await new Promise((resolve) => setTimeout(resolve, 10));
	abort.abort();
	await running;
	const again = await buy({ input: items('b') });
	expect(again.json()[0]).not.toMatchObject({ duplicate: true });
	expect(shop.booked()).toContain('b');
});

it('stopping during the wait keeps the ID of the paid order in what n8n saves', async () => {
	const saved: string[] = [];
	const original = ExecutionLifecycleHooks.prototype.runHook;
	jest.spyOn(ExecutionLifecycleHooks.prototype, 'runHook').mockImplementation(async function (
		this: ExecutionLifecycleHooks,
		name,
		parameters,
	) {
		if (name === 'workflowExecuteAfter') saved.push(JSON.stringify((parameters[0] as IRun).data));
		await original.call(this, name, parameters as never);
	});
	const slow = await openBench({ deliveryMs: 60_000 });
	const abort = new AbortController();
	const running = slow.run(
		'order',
		'create',
		{ ...ORDER, options: { waitForDelivery: true } },
		{ signal: abort.signal },
	);
	while (slow.simulator.ledger.length === 0)
		await new Promise((resolve) => setTimeout(resolve, 20));
	await new Promise((resolve) => setTimeout(resolve, 500));
	abort.abort();
	await running;
	const id = slow.simulator.ledger[0]!.topup_id;
	expect(saved.length).toBeGreaterThan(0);
	expect(saved.join()).toContain(id);
});
