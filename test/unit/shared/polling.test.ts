import { pause } from '../../../nodes/Microesim/shared/pause';
import { poll } from '../../../nodes/Microesim/shared/polling';
import type { RequestContext } from '../../../nodes/Microesim/shared/transport/send';

/** What a pause needs of n8n: an execution that may be stopped. */
const stoppable = (stop: AbortController) =>
	({ getExecutionCancelSignal: () => stop.signal }) as unknown as RequestContext;
const withoutSignal = {} as RequestContext;

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** Looks that note when they were taken; the one with the number `readyAt` finds it ready. */
function watch(readyAt = Infinity) {
	const times: number[] = [];
	const look = async (): Promise<boolean> => {
		times.push(Date.now());
		return times.length >= readyAt;
	};
	return { times, look };
}

describe('looking again and again', () => {
	it('is over at once when the first look finds it ready', async () => {
		const { times, look } = watch(1);
		expect(await poll(withoutSignal, look, 60_000)).toBe(true);
		expect(times).toEqual([0]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('takes one look even when there is no time at all', async () => {
		const { times, look } = watch();
		expect(await poll(withoutSignal, look, 0)).toBe(false);
		expect(times).toEqual([0]);
	});

	it('ends with the look that finds it ready', async () => {
		const { times, look } = watch(3);
		const polled = poll(withoutSignal, look, 600_000);
		await jest.runAllTimersAsync();
		expect(await polled).toBe(true);
		expect(times).toHaveLength(3);
	});

	it.each([0, 0.5, 0.999])('makes growing pauses of 1.6 to 12 seconds and a last look when the time is over (chance %p)', async (chance) => {
		jest.spyOn(Math, 'random').mockReturnValue(chance);
		const { times, look } = watch();
		const polled = poll(withoutSignal, look, 120_000);
		await jest.runAllTimersAsync();
		expect(await polled).toBe(false);
		expect(Math.abs(times.at(-1)! - 120_000)).toBeLessThanOrEqual(1);
		const pauses = times.slice(1, -1).map((time, index) => time - times[index]!);
		expect(pauses[0]).toBeGreaterThanOrEqual(1600 - 1);
		expect(pauses[0]).toBeLessThanOrEqual(2400);
		expect(Math.max(...pauses)).toBeLessThanOrEqual(12_000);
		pauses.slice(1).forEach((length, index) => expect(length).toBeGreaterThanOrEqual(pauses[index]! - 1));
		expect(pauses.length).toBeGreaterThan(8);
	});

	it('ends with what a look throws, and looks no more', async () => {
		const look = jest.fn(async () => await Promise.reject<boolean>(new Error('signature refused')));
		await expect(poll(withoutSignal, look, 60_000)).rejects.toThrow('signature refused');
		expect(look).toHaveBeenCalledTimes(1);
	});

	it('ends with the last look when the execution is stopped meanwhile', async () => {
		const stop = new AbortController();
		const { times, look } = watch();
		const polled = poll(stoppable(stop), look, 600_000);
		await jest.advanceTimersByTimeAsync(3000);
		const before = times.length;
		stop.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(await polled).toBe(false);
		await jest.runAllTimersAsync();
		expect(times).toHaveLength(before);
	});
});

describe('a pause', () => {
	it.each([
		['with a signal', stoppable(new AbortController())],
		['where n8n gives no signal', withoutSignal],
		['where the signal is missing', { getExecutionCancelSignal: () => undefined } as unknown as RequestContext],
	])('lasts as long as asked, %s', async (_name, context) => {
		let wanted: boolean | undefined;
		void pause(context, 5000).then((value) => (wanted = value));
		await jest.advanceTimersByTimeAsync(4999);
		expect(wanted).toBeUndefined();
		await jest.advanceTimersByTimeAsync(1);
		expect(wanted).toBe(true);
	});

	it('ends within a quarter of a second when the execution is stopped, leaves no timer and says so', async () => {
		const stop = new AbortController();
		const paused = pause(stoppable(stop), 5000);
		stop.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(jest.getTimerCount()).toBe(0);
		expect(await paused).toBe(false);
	});

	it('does not begin when the execution was stopped before', async () => {
		expect(await pause(stoppable(abortedController()), 5000)).toBe(false);
		expect(jest.getTimerCount()).toBe(0);
	});
});

function abortedController(): AbortController {
	const stop = new AbortController();
	stop.abort();
	return stop;
}
