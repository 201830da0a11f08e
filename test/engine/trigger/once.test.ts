import { forgetPushes, PushMemory, type Ticket } from '../../inside';
import { post, pushFields, useTriggerBench } from './support';

const RECEIVED = { status: 200, text: '{"code":1,"msg":"Success"}' };

const bench = useTriggerBench();

describe('an eSIM that is pushed again', () => {
	it('is answered as received and starts no second run', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		for (let delivery = 0; delivery < 4; delivery++)
			expect(await post(webhook.url, body)).toEqual(RECEIVED);
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
			expect(webhook.runs).toHaveLength(1);
		},
	);

	it('is remembered over a restart of n8n', async () => {
		const id = 'survivor';
		const webhook = await bench.serve({}, { id });
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		forgetPushes();
		const restarted = await bench.serve({}, { id, stored: webhook.stored });
		expect(await post(restarted.url, body)).toEqual(RECEIVED);
		expect(restarted.runs).toEqual([]);
		await post(restarted.url, pushFields(await bench.buy()));
		expect(restarted.runs).toHaveLength(1);
	});

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

	it('starts a run again after the days it is remembered for, and when the memory is full', async () => {
		const orders = [await bench.buy(), await bench.buy(), await bench.buy()];
		const small = await bench.serve({ options: { rememberEntries: 2 } });
		for (const order of [...orders, orders[0]!]) await post(small.url, pushFields(order));
		expect(small.runs).toHaveLength(4);
		const short = await bench.serve({ options: { rememberDays: 1e-9 } });
		for (const order of [orders[0]!, orders[0]!]) {
			await post(short.url, pushFields(order));
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(short.runs).toHaveLength(2);
	});

	it('is kept in a store that stays bounded', async () => {
		const webhook = await bench.serve({ options: { rememberEntries: 5 } });
		for (let order = 0; order < 12; order++) await post(webhook.url, pushFields(await bench.buy()));
		const stored = JSON.stringify(webhook.stored);
		expect(stored.match(/\d{13}/g)).toHaveLength(5);
	});

	it('starts a run each time while the user tests in the editor, and leaves nothing behind', async () => {
		const webhook = await bench.serve({}, { mode: 'manual' });
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		await post(webhook.url, body);
		expect(webhook.runs).toHaveLength(2);
		expect(webhook.stored).toEqual({});
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

	it('a run that succeeded is remembered over a restart once another push was received', async () => {
		const id = 'last-node-survivor';
		const webhook = await bench.serve({ respond: 'lastNode' }, { id });
		const body = pushFields(await bench.buy());
		await post(webhook.url, body);
		await post(webhook.url, pushFields(await bench.buy()));
		forgetPushes();
		const restarted = await bench.serve({ respond: 'lastNode' }, { id, stored: webhook.stored });
		expect(await post(restarted.url, body)).toEqual(RECEIVED);
		expect(restarted.runs).toEqual([]);
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

it('a claim that was given away after an hour is not ended by the run that had it before', () => {
	const limits = { windowMs: 7 * 86_400_000, mostEntries: 10 };
	const memory = new PushMemory();
	const first = memory.claim('k', 0, limits) as Ticket;
	expect(first).toMatchObject({ key: 'k' });
	const later = 61 * 60 * 1000;
	expect(memory.claim('k', later, limits)).toMatchObject({ key: 'k' });
	memory.settle(first, false);
	expect(memory.claim('k', later + 1, limits)).toBe('running');
});

it('a run under way is not forgotten because others were pushed', () => {
	const limits = { windowMs: 7 * 86_400_000, mostEntries: 2 };
	const memory = new PushMemory();
	memory.claim('a', 0, limits);
	for (const key of ['b', 'c']) {
		const ticket = memory.claim(key, 1, limits) as Ticket;
		memory.save({}, 1, limits, [key]);
		memory.settle(ticket, true);
	}
	expect(memory.claim('a', 2, limits)).toBe('running');
});
