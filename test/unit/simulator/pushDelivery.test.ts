import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/index';
import { buy, call, readPush, startReceiver, type Receiver } from './client';

const HOUR = 3_600_000;

let sim: Simulator;
let receiver: Receiver;
beforeEach(async () => {
	receiver = await startReceiver();
});
afterEach(async () => {
	await sim.stop();
	await receiver.close();
});

async function start(options: SimulatorOptions = {}): Promise<void> {
	sim = await startSimulator({
		clock: { mode: 'manual', startAt: Date.UTC(2023, 3, 27, 7, 39, 47) },
		...options,
	});
}

/** Buys with the receiver's address and lets the order become ready. */
async function deliver(fields: Record<string, string> = {}): Promise<void> {
	await buy(sim, { notify_url: receiver.url, ...fields });
	await sim.clock.advance(2000);
}

const causes = () => sim.ledger[0]!.pushes.map(({ cause, status }) => `${cause} ${status}`);

describe('delivery', () => {
	it('comes when the order is ready, once', async () => {
		await start();
		await buy(sim, { notify_url: receiver.url });
		await sim.clock.advance(1999);
		expect(receiver.pushes).toHaveLength(0);
		await sim.clock.advance(1);
		await sim.clock.advance(5 * HOUR);
		expect(causes()).toEqual(['first 200']);
	});

	it('is tried again after 5 s and 10 s', async () => {
		await start();
		receiver.answers.push(500, 302);
		await deliver();
		await sim.clock.advance(4999);
		expect(causes()).toEqual(['first 500']);
		await sim.clock.advance(1);
		expect(causes()).toEqual(['first 500', 'retry 302']);
		await sim.clock.advance(9999);
		expect(receiver.pushes).toHaveLength(2);
		await sim.clock.advance(1);
		expect(causes()).toEqual(['first 500', 'retry 302', 'retry 200']);
		const times = sim.ledger[0]!.pushes.map(({ time }) => time - sim.ledger[0]!.readyAt);
		expect(times).toEqual([0, 5000, 15_000]);
	});

	it('is compensated every hour until received', async () => {
		await start();
		receiver.answers.push(503, 503, 503, 503, 503);
		await deliver();
		await sim.clock.advance(15_000);
		expect(causes()).toEqual(['first 503', 'retry 503', 'retry 503']);
		await sim.clock.advance(2 * HOUR);
		expect(causes().slice(3)).toEqual(['hourly 503', 'hourly 503']);
		await sim.clock.advance(10 * HOUR);
		expect(causes().slice(5)).toEqual(['hourly 200']);
	});

	it('takes any 2xx as received', async () => {
		await start();
		receiver.answers.push(204);
		await deliver();
		await sim.clock.advance(HOUR);
		expect(causes()).toEqual(['first 204']);
	});

	it('fails when nobody listens', async () => {
		await start();
		const gone = await startReceiver();
		await gone.close();
		await buy(sim, { notify_url: gone.url });
		await sim.clock.advance(2000);
		expect(sim.ledger[0]!.pushes).toMatchObject([
			{ status: null, error: expect.stringContaining('ECONNREFUSED') },
		]);
	});

	it('never leaves this computer', async () => {
		await start();
		for (const address of [
			'http://shop.example/hook',
			'http://10.0.0.1/hook',
			'https://127.0.0.1/hook',
			'nonsense',
		])
			await buy(sim, { notify_url: address });
		await sim.clock.advance(HOUR);
		for (const order of sim.ledger)
			expect(order.pushes).toMatchObject([
				{ status: null, error: expect.stringContaining('nothing was sent') },
			]);
		expect(sim.ledger).toHaveLength(4);
	});
});

describe('addresses', () => {
	it('may be account-wide', async () => {
		await start({ notifyUrl: receiver.url });
		await buy(sim);
		await sim.clock.advance(2000);
		expect(receiver.pushes).toHaveLength(1);
	});

	it('may be none', async () => {
		await start();
		await buy(sim);
		await sim.clock.advance(HOUR);
		expect(sim.ledger[0]!.pushes).toEqual([]);
	});

	it('may come by topupDetail-async, before the order is ready', async () => {
		await start();
		const topupId = await buy(sim);
		expect(
			(await call(sim, 'topupDetail-async', { topup_id: topupId, notify_url: receiver.url })).code,
		).toBe(1);
		await sim.clock.advance(2000);
		expect(causes()).toEqual(['first 200']);
	});

	it('may come by topupDetail-async afterwards: pushed at once', async () => {
		await start();
		const topupId = await buy(sim);
		await sim.clock.advance(HOUR);
		await call(sim, 'topupDetail-async', { topup_id: topupId, notify_url: receiver.url });
		await sim.whenIdle();
		expect(causes()).toEqual(['first 200']);
	});

	it('may be changed before the push: one push, to the new address', async () => {
		await start();
		const topupId = await buy(sim, { notify_url: 'http://127.0.0.1:9/old' });
		await call(sim, 'topupDetail-async', { topup_id: topupId, notify_url: receiver.url });
		await sim.clock.advance(2000);
		expect(causes()).toEqual(['first 200']);
	});

	it('topupDetail-async refuses what it cannot use', async () => {
		await start();
		const topupId = await buy(sim);
		expect((await call(sim, 'topupDetail-async', { topup_id: topupId })).code).not.toBe(1);
		expect(
			(await call(sim, 'topupDetail-async', { topup_id: topupId, notify_url: 'nonsense' })).code,
		).not.toBe(1);
		expect(
			(await call(sim, 'topupDetail-async', { topup_id: '1', notify_url: receiver.url })).code,
		).not.toBe(1);
	});
});

describe('by hand', () => {
	it('pushes at once, with changes', async () => {
		await start();
		const topupId = await buy(sim);
		const attempts = await sim.pushNow(topupId, {
			url: receiver.url,
			encoding: 'urlencoded',
			fields: { lpa_str: 'forged', qrcode: undefined },
			headers: { 'X-Test': '1' },
		});
		expect(attempts).toMatchObject([{ cause: 'byHand', status: 200 }]);
		const fields = await readPush(receiver.pushes[0]!);
		expect(fields.lpa_str).toBe('forged');
		expect(fields).not.toHaveProperty('qrcode');
		expect(receiver.pushes[0]!.headers['x-test']).toBe('1');
	});

	it('says what is missing', async () => {
		await start();
		await expect(sim.pushNow('1')).rejects.toThrow('No order 1');
		await expect(sim.pushNow(await buy(sim))).rejects.toThrow('names no address');
	});
});

describe('in real time', () => {
	it('pushes by itself', async () => {
		sim = await startSimulator({ deliveryMs: 1 });
		await buy(sim, { notify_url: receiver.url });
		while (receiver.pushes.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		await sim.whenIdle();
		expect(causes()).toEqual(['first 200']);
	});

	it('can still be moved forward', async () => {
		sim = await startSimulator({ deliveryMs: HOUR });
		await buy(sim, { notify_url: receiver.url });
		await sim.clock.advance(HOUR);
		expect(causes()).toEqual(['first 200']);
		await expect(sim.clock.advance(-1)).rejects.toThrow('forward');
	});
});
