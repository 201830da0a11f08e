import { createHash } from 'node:crypto';

import { forgetOnce, forgetPushes, PushMemory, type Ticket } from '../../inside';
import { post, pushFields, useTriggerBench } from './support';

const RECEIVED = { status: 200, text: '{"code":1,"msg":"Success"}' };
const DAY_MS = 86_400_000;

/** How 0.1.0 named an eSIM in the static data. */
const nameIn01 = (topupId: string, deviceId: string) =>
	createHash('sha256')
		.update(JSON.stringify([topupId, deviceId]))
		.digest('base64url')
		.slice(0, 22);

const bench = useTriggerBench();
beforeEach(() => forgetOnce());

describe('an eSIM that is pushed again', () => {
	it('is answered as received and starts no second run', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		for (let delivery = 0; delivery < 4; delivery++)
			expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(webhook.executions).toHaveLength(1);
		expect(webhook.runs).toHaveLength(1);
	});

	it.each(['onReceived', 'lastNode'])(
		'starts one run when 20 deliveries come at once (%s)',
		async (respond) => {
			const webhook = await bench.serve({ respond });
			const body = pushFields(await bench.buy());
			const answers = await Promise.all(
				Array.from({ length: 20 }, async () => await post(webhook.url, body)),
			);
			expect(answers).toEqual(Array(20).fill(RECEIVED));
			expect(webhook.executions).toHaveLength(1);
		},
	);

	it('starts only what is new in it', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy(2);
		await post(webhook.url, pushFields(order, 0));
		await bench.simulator.pushNow(order.topup_id, {
			onePushPerOrder: true,
			lists: true,
			encoding: 'json',
			url: webhook.url,
		});
		expect(webhook.runs.flat().map(({ json }) => json.device_id)).toEqual(
			order.esims.map(({ device_id }) => device_id),
		);
	});

	it('starts a run each time while the user tests in the editor, and leaves nothing behind', async () => {
		const webhook = await bench.serve({}, { mode: 'manual' });
		const body = pushFields(await bench.buy());
		const rows = bench.engine.duplicates.size;
		await post(webhook.url, body);
		await post(webhook.url, body);
		expect(webhook.runs).toHaveLength(2);
		expect(webhook.stored).toEqual({});
		expect(bench.engine.duplicates.size).toBe(rows);
	});

	it('a push that lists its device twice starts its run', async () => {
		const webhook = await bench.serve();
		const fields = pushFields(await bench.buy());
		const body = {
			...fields,
			device_id: [fields.device_id, fields.device_id],
			lpa_str: [fields.lpa_str, fields.lpa_str],
		};
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(webhook.runs.flat()).toHaveLength(1);
	});
});

describe('Immediately: over restarts and processes', () => {
	it('the run of an eSIM that was handed on before ends at the trigger', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		for (let restart = 0; restart < 3; restart++) {
			expect(await post(webhook.url, body)).toEqual(RECEIVED);
			forgetPushes();
		}
		expect(webhook.executions).toHaveLength(3);
		expect(webhook.runs).toHaveLength(1);
		expect(webhook.executions.map((execution) => execution.error())).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('one of the runs that eight processes start at the same moment goes on', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		// each process has a memory of its own
		const deliveries = Array.from({ length: 8 }, async () => {
			forgetPushes();
			return await post(webhook.url, body);
		});
		expect(await Promise.all(deliveries)).toEqual(Array(8).fill(RECEIVED));
		expect(webhook.runs).toHaveLength(1);
	});

	it('of several eSIMs only those are handed on that were not before, one item each', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy(3);
		await post(webhook.url, pushFields(order, 1));
		forgetPushes();
		await bench.simulator.pushNow(order.topup_id, {
			onePushPerOrder: true,
			encoding: 'json',
			url: webhook.url,
		});
		expect(webhook.runs.map((items) => items.map(({ json }) => json.device_id))).toEqual([
			[order.esims[1]!.device_id],
			[order.esims[0]!.device_id, order.esims[2]!.device_id],
		]);
	});

	it('two triggers of one workflow remember for themselves', async () => {
		const triggers = [await bench.serve(), await bench.serve()];
		const orders = [await bench.buy(), await bench.buy(), await bench.buy()];
		for (let restart = 0; restart < 2; restart++) {
			for (const order of orders) {
				for (const { url } of triggers) await post(url, pushFields(order));
			}
			forgetPushes();
		}
		expect(triggers.map(({ runs }) => runs.length)).toEqual([3, 3]);
	});

	it('nothing is written into the static data of the workflow', async () => {
		const webhook = await bench.serve();
		await post(webhook.url, pushFields(await bench.buy()));
		expect(JSON.stringify(webhook.stored)).not.toContain('pushes');
	});

	it('what 0.1.0 has remembered there is honoured, as long as it was to be', async () => {
		const order = await bench.buy();
		const { topup_id, device_id } = pushFields(order);
		const key = nameIn01(topup_id!, device_id!);
		const stored = (since: number) => ({ 'node:MicroeSIM Trigger': { pushes: { [key]: since } } });
		const kept = await bench.serve({}, { stored: stored(Date.now() - 6 * DAY_MS) });
		expect(await post(kept.url, pushFields(order))).toEqual(RECEIVED);
		expect(kept.executions).toEqual([]);
		const over = await bench.serve({}, { stored: stored(Date.now() - 8 * DAY_MS) });
		expect(await post(over.url, pushFields(order))).toEqual(RECEIVED);
		expect(over.runs).toHaveLength(1);
	});

	it('a database that does not answer is a failed run that says so, and can be retried', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		const spoilt = jest
			.spyOn(bench.engine.duplicates, 'getProcessedDataCount')
			.mockRejectedValue(new Error('SQLITE_BUSY: database is locked'));
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		spoilt.mockRestore();
		const [execution] = webhook.executions;
		expect(execution!.error()).toMatchObject({
			message: expect.stringMatching(/database did not say.*SQLITE_BUSY/) as string,
			description: expect.stringMatching(/Retry this execution/) as string,
		});
		expect(webhook.runs).toEqual([]);
		const retried = await webhook.retry(0);
		expect(retried.json()).toMatchObject([{ device_id: body.device_id }]);
	});

	it('a retried execution hands on what it has, and a push after it nothing', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		expect((await webhook.retry(0)).json()).toMatchObject([{ device_id: body.device_id }]);
		forgetPushes();
		await post(webhook.url, body);
		expect(webhook.runs).toHaveLength(1);
	});
});

describe('When Last Node Finishes', () => {
	it('a delivery whose run failed is answered 500 and starts a run again', async () => {
		let failures = 2;
		const run = async () => {
			if (failures-- > 0) throw new Error('the mail server is down');
		};
		const webhook = await bench.serve({ respond: 'lastNode' }, { run });
		const body = pushFields(await bench.buy());
		expect((await post(webhook.url, body)).status).toBe(500);
		expect((await post(webhook.url, body)).status).toBe(500);
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(webhook.runs).toHaveLength(3);
		expect(webhook.runs[2]).toMatchObject([{ json: { push: { attempt_seen: 3 } } }]);
	});

	it('also when n8n was restarted after the run that failed', async () => {
		let failures = 1;
		const run = async () => {
			if (failures-- > 0) throw new Error('the mail server is down');
		};
		const webhook = await bench.serve({ respond: 'lastNode' }, { run });
		const body = pushFields(await bench.buy());
		expect((await post(webhook.url, body)).status).toBe(500);
		forgetPushes();
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(webhook.runs).toHaveLength(2);
	});

	it('a run that ended well is known after a restart once another push came after it', async () => {
		const webhook = await bench.serve({ respond: 'lastNode' });
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		await post(webhook.url, pushFields(await bench.buy()));
		forgetPushes();
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(webhook.runs).toHaveLength(2);
	});

	it('its limit: the last run before a restart is not known, and its eSIM is handed on again', async () => {
		const webhook = await bench.serve({ respond: 'lastNode' });
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		forgetPushes();
		expect(await post(webhook.url, body)).toEqual(RECEIVED);
		expect(webhook.runs).toHaveLength(2);
	});

	it('what is to be written down is not lost with a run that fails', async () => {
		const [first, second, third] = [await bench.buy(), await bench.buy(), await bench.buy()];
		const webhook = await bench.serve({ respond: 'lastNode' });
		const body = pushFields(first);
		expect((await post(webhook.url, body)).status).toBe(200);
		const spoilt = jest
			.spyOn(bench.engine.duplicates, 'checkProcessedAndRecord')
			.mockRejectedValue(new Error('SQLITE_BUSY'));
		expect((await post(webhook.url, pushFields(second))).status).toBe(500);
		spoilt.mockRestore();
		expect((await post(webhook.url, pushFields(third))).status).toBe(200);
		forgetPushes();
		const before = webhook.runs.length;
		await post(webhook.url, body);
		expect(webhook.runs).toHaveLength(before);
	});

	it('forgets after the days it is remembered for, and when the memory is full', async () => {
		const orders = [await bench.buy(), await bench.buy(), await bench.buy()];
		const respond = 'lastNode';
		const small = await bench.serve({ respond, options: { rememberEntries: 2 } });
		for (const order of [...orders, orders[0]!]) await post(small.url, pushFields(order));
		expect(small.executions).toHaveLength(4);
		const short = await bench.serve({ respond, options: { rememberDays: 1e-9 } });
		for (const order of [orders[0]!, orders[0]!]) {
			await post(short.url, pushFields(order));
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(short.executions).toHaveLength(2);
	});
});

describe('pushes of the simulator, with its retries', () => {
	it('all arrive once although the look-up is out for the first of them', async () => {
		const webhook = await bench.serve();
		const orders = [await bench.buy(), await bench.buy(), await bench.buy()];
		bench.simulator.faults.next('deviceDetail', { kind: 'html502' }, 4);
		for (let round = 0; round < 4; round++) {
			for (const { topup_id } of orders)
				await bench.simulator.pushNow(topup_id, { url: webhook.url });
		}
		expect(
			webhook.runs
				.flat()
				.map(({ json }) => json.topup_id)
				.sort(),
		).toEqual(orders.map(({ topup_id }) => topup_id).sort());
	});
});

describe('the memory of a process', () => {
	const limits = { windowMs: 7 * DAY_MS, mostEntries: 2 };

	it('a claim that was given away after an hour is not ended by the run that had it before', () => {
		const memory = new PushMemory();
		const first = memory.claim('k', 0, limits) as Ticket;
		expect(first).toMatchObject({ key: 'k' });
		const later = 61 * 60 * 1000;
		expect(memory.claim('k', later, limits)).toMatchObject({ key: 'k' });
		memory.settle(first, false, limits);
		expect(memory.claim('k', later + 1, limits)).toBe('running');
	});

	it('does not forget a run under way because others were pushed', () => {
		const memory = new PushMemory();
		memory.claim('a', 0, limits);
		for (const key of ['b', 'c', 'd', 'e']) {
			memory.settle(memory.claim(key, 1, limits) as Ticket, true, limits);
		}
		expect(memory.claim('a', 2, limits)).toBe('running');
		expect(memory.claim('b', 2, limits)).toMatchObject({ key: 'b' });
	});
});
