import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../../simulator/index';
import { buy, call, JAPAN_3, post } from './client';

let sim: Simulator;
afterEach(() => sim.stop());

const MINUTE = 60_000;

describe('a clock that runs faster', () => {
	it('reaches in real time what is due in its own', async () => {
		sim = await startSimulator({
			deliveryMs: 10 * MINUTE,
			processingShape: 'status',
			clock: { speed: 6000 },
		});
		const topup_id = await buy(sim, {});
		const isReady = async () => {
			const { result } = await call(sim, 'topupDetail', { topup_id });
			return (result as { success_number: number }).success_number === 1;
		};
		expect(await isReady()).toBe(false);
		while (!(await isReady())) await sleep(10);
		expect(sim.clock.now() - sim.ledger[0]!.bookedAt).toBeGreaterThanOrEqual(10 * MINUTE);
	});

	it('goes on from where it is when its speed is set, and does then what was due far ahead', async () => {
		sim = await startSimulator({ deliveryMs: 60 * MINUTE, notifyUrl: 'http://127.0.0.1:9/' });
		await buy(sim, {});
		const before = sim.clock.now();
		sim.clock.speed = 36_000;
		expect(sim.clock.now() - before).toBeLessThan(60 * MINUTE);
		while (sim.ledger[0]!.pushes.length === 0) await sleep(10);
		expect(sim.ledger[0]!.pushes[0]!.time).toBeGreaterThanOrEqual(before + 60 * MINUTE);
		expect(sim.clock.speed).toBe(36_000);
	});

	it.each([0, -1, Number.NaN, Infinity])('does not run at %s', async (speed) => {
		await expect(startSimulator({ clock: { speed } })).rejects.toThrow(/speed/);
	});
});

describe('an outage', () => {
	const subscribe = () => post(sim, 'esimSubscribe', { number: '1', channel_dataplan_id: JAPAN_3 });

	it('refuses connections, cuts what is open, and is over at the same address', async () => {
		sim = await startSimulator();
		sim.faults.next('esimSubscribe', { kind: 'slow', ms: 60_000 });
		const open = subscribe();
		while (sim.ledger.length === 0) await sleep(10);
		await sim.goOffline();
		await expect(open).rejects.toThrow();
		await expect(subscribe()).rejects.toThrow(/ECONNREFUSED/);
		await sim.goOnline();
		expect((await subscribe()).status).toBe(200);
		expect(sim.ledger).toHaveLength(2);
	});

	it('may be told of twice, and ended with the simulator', async () => {
		sim = await startSimulator();
		await sim.goOnline();
		await sim.goOffline();
		await sim.goOffline();
	});

	it('of one endpoint is lifted alone', async () => {
		sim = await startSimulator();
		sim.faults.always('esimSubscribe', { kind: 'html502' });
		sim.faults.always('accountBalance', { kind: 'html502' });
		sim.faults.next('topupDetail', { kind: 'html502' });
		sim.faults.lift('esimSubscribe');
		expect((await subscribe()).status).toBe(200);
		expect((await post(sim, 'accountBalance')).status).toBe(502);
		expect((await post(sim, 'topupDetail', { topup_id: '1' })).status).toBe(502);
	});
});
