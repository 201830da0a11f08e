import { buy, call, readPush, startReceiver } from './client';
import { usePushBench } from './pushBench';

const HOUR = 3_600_000;

const bench = usePushBench();

const causes = () => bench.sim.ledger[0]!.pushes.map(({ cause, status }) => `${cause} ${status}`);

describe('delivery', () => {
	it('comes when the order is ready, once', async () => {
		await bench.start();
		await buy(bench.sim, { notify_url: bench.receiver.url });
		await bench.sim.clock.advance(1999);
		expect(bench.receiver.pushes).toHaveLength(0);
		await bench.sim.clock.advance(1);
		await bench.sim.clock.advance(5 * HOUR);
		expect(causes()).toEqual(['first 200']);
	});

	it('is tried again after 5 s and 10 s', async () => {
		await bench.start();
		bench.receiver.answers.push(500, 302);
		await bench.deliver();
		await bench.sim.clock.advance(4999);
		expect(causes()).toEqual(['first 500']);
		await bench.sim.clock.advance(1);
		expect(causes()).toEqual(['first 500', 'retry 302']);
		await bench.sim.clock.advance(9999);
		expect(bench.receiver.pushes).toHaveLength(2);
		await bench.sim.clock.advance(1);
		expect(causes()).toEqual(['first 500', 'retry 302', 'retry 200']);
		const times = bench.sim.ledger[0]!.pushes.map(
			({ time }) => time - bench.sim.ledger[0]!.readyAt,
		);
		expect(times).toEqual([0, 5000, 15_000]);
	});

	it('is compensated every hour until received', async () => {
		await bench.start();
		bench.receiver.answers.push(503, 503, 503, 503, 503);
		await bench.deliver();
		await bench.sim.clock.advance(15_000);
		expect(causes()).toEqual(['first 503', 'retry 503', 'retry 503']);
		await bench.sim.clock.advance(2 * HOUR);
		expect(causes().slice(3)).toEqual(['hourly 503', 'hourly 503']);
		await bench.sim.clock.advance(10 * HOUR);
		expect(causes().slice(5)).toEqual(['hourly 200']);
	});

	it('takes any 2xx as received', async () => {
		await bench.start();
		bench.receiver.answers.push(204);
		await bench.deliver();
		await bench.sim.clock.advance(HOUR);
		expect(causes()).toEqual(['first 204']);
	});

	it('fails when nobody listens', async () => {
		await bench.start();
		const gone = await startReceiver();
		await gone.close();
		await buy(bench.sim, { notify_url: gone.url });
		await bench.sim.clock.advance(2000);
		expect(bench.sim.ledger[0]!.pushes).toMatchObject([
			{ status: null, error: expect.stringContaining('ECONNREFUSED') },
		]);
	});

	it('never leaves this computer', async () => {
		await bench.start();
		for (const address of [
			'http://shop.example/hook',
			'http://10.0.0.1/hook',
			'https://127.0.0.1/hook',
			'nonsense',
		])
			await buy(bench.sim, { notify_url: address });
		await bench.sim.clock.advance(HOUR);
		for (const order of bench.sim.ledger)
			expect(order.pushes).toMatchObject([
				{ status: null, error: expect.stringContaining('nothing was sent') },
			]);
		expect(bench.sim.ledger).toHaveLength(4);
	});
});

describe('addresses', () => {
	it('may be account-wide', async () => {
		await bench.start({ notifyUrl: bench.receiver.url });
		await buy(bench.sim);
		await bench.sim.clock.advance(2000);
		expect(bench.receiver.pushes).toHaveLength(1);
	});

	it('may be none', async () => {
		await bench.start();
		await buy(bench.sim);
		await bench.sim.clock.advance(HOUR);
		expect(bench.sim.ledger[0]!.pushes).toEqual([]);
	});

	it('may come by topupDetail-async, before the order is ready', async () => {
		await bench.start();
		const topupId = await buy(bench.sim);
		expect(
			(
				await call(bench.sim, 'topupDetail-async', {
					topup_id: topupId,
					notify_url: bench.receiver.url,
				})
			).code,
		).toBe(1);
		await bench.sim.clock.advance(2000);
		expect(causes()).toEqual(['first 200']);
	});

	it('may come by topupDetail-async afterwards: pushed at once', async () => {
		await bench.start();
		const topupId = await buy(bench.sim);
		await bench.sim.clock.advance(HOUR);
		await call(bench.sim, 'topupDetail-async', {
			topup_id: topupId,
			notify_url: bench.receiver.url,
		});
		await bench.sim.whenIdle();
		expect(causes()).toEqual(['first 200']);
	});

	it('may be changed before the push: one push, to the new address', async () => {
		await bench.start();
		const topupId = await buy(bench.sim, { notify_url: 'http://127.0.0.1:9/old' });
		await call(bench.sim, 'topupDetail-async', {
			topup_id: topupId,
			notify_url: bench.receiver.url,
		});
		await bench.sim.clock.advance(2000);
		expect(causes()).toEqual(['first 200']);
	});

	it('topupDetail-async refuses what it cannot use', async () => {
		await bench.start();
		const topupId = await buy(bench.sim);
		expect((await call(bench.sim, 'topupDetail-async', { topup_id: topupId })).code).not.toBe(1);
		expect(
			(await call(bench.sim, 'topupDetail-async', { topup_id: topupId, notify_url: 'nonsense' }))
				.code,
		).not.toBe(1);
		expect(
			(
				await call(bench.sim, 'topupDetail-async', {
					topup_id: '1',
					notify_url: bench.receiver.url,
				})
			).code,
		).not.toBe(1);
	});
});

describe('by hand', () => {
	it('pushes at once, with changes', async () => {
		await bench.start();
		const topupId = await buy(bench.sim);
		const attempts = await bench.sim.pushNow(topupId, {
			url: bench.receiver.url,
			encoding: 'urlencoded',
			fields: { lpa_str: 'forged', qrcode: undefined },
			headers: { 'X-Test': '1' },
		});
		expect(attempts).toMatchObject([{ cause: 'byHand', status: 200 }]);
		const fields = await readPush(bench.receiver.pushes[0]!);
		expect(fields.lpa_str).toBe('forged');
		expect(fields).not.toHaveProperty('qrcode');
		expect(bench.receiver.pushes[0]!.headers['x-test']).toBe('1');
	});

	it('says what is missing', async () => {
		await bench.start();
		await expect(bench.sim.pushNow('1')).rejects.toThrow('No order 1');
		await expect(bench.sim.pushNow(await buy(bench.sim))).rejects.toThrow('names no address');
	});
});

describe('in real time', () => {
	it('pushes by itself', async () => {
		await bench.start({ clock: { mode: 'real' }, deliveryMs: 1 });
		await buy(bench.sim, { notify_url: bench.receiver.url });
		while (bench.receiver.pushes.length === 0)
			await new Promise((resolve) => setTimeout(resolve, 1));
		await bench.sim.whenIdle();
		expect(causes()).toEqual(['first 200']);
	});

	it('can still be moved forward', async () => {
		await bench.start({ clock: { mode: 'real' }, deliveryMs: HOUR });
		await buy(bench.sim, { notify_url: bench.receiver.url });
		await bench.sim.clock.advance(HOUR);
		expect(causes()).toEqual(['first 200']);
		await expect(bench.sim.clock.advance(-1)).rejects.toThrow('forward');
	});
});
