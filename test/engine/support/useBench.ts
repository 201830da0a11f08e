import type { SimulatorOptions } from '../../../simulator';
import { startBench, type Bench } from './microesim';

/**
 * Starts something before the tests of a file and stops it after them. The object it returns gets its members
 * when that is done, so read them in tests and hooks, not while the tests are being described.
 */
export function useStarted<T extends { stop(): void | Promise<void> }>(start: () => Promise<T>): T {
	const started: Partial<T> = {};
	beforeAll(async () => {
		Object.assign(started, await start());
	});
	afterAll(async () => await started.stop?.());
	return started as T;
}

interface Kept {
	/** Whether orders stay in MicroeSIM's books between tests, because a beforeAll bought them for all. */
	keepOrders?: boolean;
}

/** A bench, or something built on one, for all tests of a file; each test finds it reset. */
export function useBenchOf<T extends Bench>(start: () => Promise<T>, kept: Kept = {}): T {
	const bench = useStarted(start);
	beforeEach(() => bench.reset(kept));
	return bench;
}

export const useBench = (options: SimulatorOptions = {}, kept: Kept = {}): Bench =>
	useBenchOf(async () => await startBench(options), kept);

/** For tests that each want a MicroeSIM of their own: opens benches, and stops them after the test. */
export function useBenches(defaults: SimulatorOptions = {}) {
	const open: Bench[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (bench) => await bench.stop()));
	});
	return async (options: SimulatorOptions = {}): Promise<Bench> => {
		const bench = await startBench({ ...defaults, ...options });
		open.push(bench);
		return bench;
	};
}
