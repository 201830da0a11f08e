import { startSimulator, type Fault, type Simulator } from '../../../simulator/index';
import { post, signedHeaders } from './client';

let sim: Simulator;
beforeEach(async () => {
	sim = await startSimulator();
});
afterEach(() => sim.stop());

const SLOW: Fault = { kind: 'slow', ms: 1000 };
const ask = (endpoint: string, times: number) =>
	Promise.all(Array.from({ length: times }, async () => await post(sim, endpoint)));

it('counts the requests being answered at once, per endpoint and together', async () => {
	sim.faults.always('*', SLOW);
	await Promise.all([ask('deviceDetail', 3), ask('topupDetail', 2)]);
	await ask('deviceDetail', 2);
	expect(sim.mostOpen('deviceDetail')).toBe(3);
	expect(sim.mostOpen('topupDetail')).toBe(2);
	expect(sim.mostOpen()).toBe(5);
	expect(sim.mostOpen('accountBalance')).toBe(0);
});

it('is one for requests that wait for each other, however they end', async () => {
	const faults: Fault[] = [
		{ kind: 'cutBefore' },
		{ kind: 'cutMidBody' },
		{ kind: 'http', status: 500 },
	];
	for (const fault of faults) {
		sim.faults.next('deviceDetail', fault);
		await post(sim, 'deviceDetail').catch(() => {});
		for (let turn = 0; turn < 10; turn++) await post(sim, 'deviceDetail');
	}
	await post(sim, 'deviceDetail', {}, { ...signedHeaders(sim), 'Content-Type': 'text/plain' });
	await post(sim, 'deviceDetail');
	expect(sim.mostOpen('deviceDetail')).toBe(1);
	expect(sim.mostOpen()).toBe(1);
});

it('starts over with what is open', async () => {
	sim.faults.next('deviceDetail', SLOW, 4);
	await ask('deviceDetail', 4);
	sim.forgetMostOpen();
	expect(sim.mostOpen('deviceDetail')).toBe(0);
	sim.faults.next('deviceDetail', SLOW);
	const open = ask('deviceDetail', 1);
	while (sim.mostOpen('deviceDetail') === 0) await new Promise((next) => setImmediate(next));
	sim.forgetMostOpen();
	expect(sim.mostOpen('deviceDetail')).toBe(1);
	await open;
	expect(sim.mostOpen('deviceDetail')).toBe(1);
});

it('lets go of a client that leaves', async () => {
	sim.faults.always('deviceDetail', { kind: 'slow', ms: 60_000 });
	const leave = new AbortController();
	const asked = post(sim, 'deviceDetail', {}, signedHeaders(sim), leave.signal);
	while (sim.mostOpen() === 0) await new Promise((next) => setImmediate(next));
	leave.abort();
	await expect(asked).rejects.toThrow();
	const forgotten = () => {
		sim.forgetMostOpen();
		return sim.mostOpen() === 0;
	};
	while (!forgotten()) await new Promise((next) => setImmediate(next));
	expect(sim.mostOpen('deviceDetail')).toBe(0);
});
