import '../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IRun } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { forgetOrders } from '../../inside';
import { isBefore } from '../harness/olderN8n';
import { items, sentTo } from '../support/look';
import { useTimeouts } from '../support/timeouts';
import { useBenches } from '../support/useBench';
import { when } from '../support/when';
import { ORDER, useShop } from './support';

const shop = useShop();
const openBench = useBenches();
const waitAtMost = useTimeouts();

async function until(isTrue: () => boolean): Promise<void> {
	for (let tries = 0; tries < 500 && !isTrue(); tries++) await sleep(10);
	expect(isTrue()).toBe(true);
}

afterEach(() => jest.restoreAllMocks());

it('orders nothing more once the execution is stopped', async () => {
	const stop = new AbortController();
	shop.simulator.faults.after('esimSubscribe', 1, { kind: 'slow', ms: 600, book: false });
	const giveUp = when(
		() => sentTo(shop.simulator, 'esimSubscribe').length === 2,
		() => stop.abort(),
	);
	const result = await shop.buy({
		input: items('a', 'b', 'c', 'd'),
		onError: 'continueRegularOutput',
		signal: stop.signal,
	});
	giveUp();
	expect(result.run.status).toBe('canceled');
	expect(shop.sent()).toEqual(['a', 'b']);
});

describe('an order that is on its way when the execution is stopped', () => {
	/** Stops once MicroeSIM has the order in its books, and before it answers. */
	async function stopOnTheWay(buy: ReturnType<typeof shop.node>, answersAfter = 500) {
		const stop = new AbortController();
		shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: answersAfter });
		const running = buy({ signal: stop.signal });
		while (shop.simulator.ledger.length === 0) await sleep(10);
		stop.abort();
		return await running;
	}

	it('is waited for: its ID is in the log, and the next run knows it', async () => {
		const log = jest.spyOn(Container.get(Logger), 'info');
		const buy = shop.node();
		expect((await stopOnTheWay(buy)).run.status).toBe('canceled');
		const { topup_id } = shop.simulator.ledger[0]!;
		await until(() => log.mock.calls.some(([text]) => text.includes(topup_id)));
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'bought', topup_id }]);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('is in the log as a doubt where no clear answer comes', async () => {
		const log = jest.spyOn(Container.get(Logger), 'warn');
		waitAtMost('subscribe', 2000);
		await stopOnTheWay(shop.node(), 20_000);
		await until(() => log.mock.calls.some(([text]) => text.includes('may have been bought')));
		expect(log.mock.calls.some(([text]) => text.includes('"1001-1"'))).toBe(true);
	});
});

it('a stop between the claim of the number and the request frees the number', async () => {
	const buy = shop.node();
	const stop = new AbortController();
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		const output = await record(...given);
		if (given[0].includes('taken')) stop.abort();
		return output;
	});
	// What is written once per process is none of this order.
	await buy({ input: items('other') });
	await buy({ signal: stop.signal });
	jest.restoreAllMocks();
	expect(shop.sent()).toEqual(['other']);
	forgetOrders();
	expect((await buy()).json()[0]).not.toHaveProperty('duplicate');
	expect(shop.booked()).toEqual(['other', '1001-1']);
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
	while (shop.simulator.ledger.length === 0) await sleep(10);
	abort.abort();
	await running;
	const again = await buy({ input: items('b') });
	expect(again.json()[0]).not.toMatchObject({ duplicate: true });
	expect(shop.booked()).toContain('b');
});

it('stopping during the wait keeps the ID of the paid order in what n8n saves, or in its log', async () => {
	const saved: string[] = [];
	const log = jest.spyOn(Container.get(Logger), 'info');
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
	while (slow.simulator.ledger.length === 0) await sleep(20);
	await sleep(500);
	abort.abort();
	await running;
	const id = slow.simulator.ledger[0]!.topup_id;
	expect(saved.length).toBeGreaterThan(0);
	expect(log.mock.calls.map(([text]) => text).join()).toContain(id);
	// Before, n8n kept nothing of a node that was stopped.
	if (!isBefore(2, 20)) expect(saved.join()).toContain(id);
});
