import type { RequestContext } from '../../../../nodes/Microesim/shared/context';
import { waitUntil, type Pace } from '../../../../nodes/Microesim/shared/order/waitUntil';
import { pause } from '../../../../nodes/Microesim/shared/pause';

/** What a pause needs of n8n: an execution that may be stopped. */
const stoppable = (stop: AbortController) =>
	({ getExecutionCancelSignal: () => stop.signal }) as unknown as RequestContext;
const withoutSignal = {} as RequestContext;

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** A pace as orders have it, without their first pause. */
const pace = (maximumMs: number): Pace => ({
	firstPauseMs: 0,
	maximumMs,
	pauseMs: (elapsed) => Math.min(Math.max(elapsed / 4, 2000), 10_000),
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
		expect(await waitUntil(withoutSignal, look, pace(60_000))).toBe(true);
		expect(times).toEqual([0]);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('takes one look even when there is no time at all', async () => {
		const { times, look } = watch();
		expect(await waitUntil(withoutSignal, look, pace(0))).toBe(false);
		expect(times).toEqual([0]);
	});

	it('ends with the look that finds it ready', async () => {
		const { times, look } = watch(3);
		const waited = waitUntil(withoutSignal, look, pace(600_000));
		await jest.runAllTimersAsync();
		expect(await waited).toBe(true);
		expect(times).toHaveLength(3);
	});

	it.each([0, 0.5, 0.999])(
		'keeps the pace within a tenth, and takes a last look when the time is over (chance %p)',
		async (chance) => {
			jest.spyOn(Math, 'random').mockReturnValue(chance);
			const { times, look } = watch();
			const waited = waitUntil(withoutSignal, look, pace(120_000));
			await jest.runAllTimersAsync();
			expect(await waited).toBe(false);
			expect(Math.abs(times.at(-1)! - 120_000)).toBeLessThanOrEqual(1);
			const spread = 0.9 + chance * 0.2;
			for (const [index, time] of times.slice(1, -1).entries()) {
				const before = times[index]!;
				expect(Math.abs(time - before - pace(0).pauseMs(before) * spread)).toBeLessThanOrEqual(1);
			}
			expect(times.length).toBeGreaterThan(8);
		},
	);

	it('waits before the first look where that is asked for', async () => {
		const { times, look } = watch(1);
		const waited = waitUntil(withoutSignal, look, { ...pace(60_000), firstPauseMs: 2000 });
		await jest.runAllTimersAsync();
		expect(await waited).toBe(true);
		expect(times).toEqual([2000]);
	});

	it('ends with what a look throws, and looks no more', async () => {
		const look = jest.fn(async () => await Promise.reject<boolean>(new Error('signature refused')));
		await expect(waitUntil(withoutSignal, look, pace(60_000))).rejects.toThrow('signature refused');
		expect(look).toHaveBeenCalledTimes(1);
	});

	it('ends with the last look when the execution is stopped meanwhile', async () => {
		const stop = new AbortController();
		const { times, look } = watch();
		const waited = waitUntil(stoppable(stop), look, pace(600_000));
		await jest.advanceTimersByTimeAsync(3000);
		const before = times.length;
		stop.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(await waited).toBe(false);
		await jest.runAllTimersAsync();
		expect(times).toHaveLength(before);
	});
});

describe('a pause', () => {
	it.each([
		['with a signal', stoppable(new AbortController())],
		['where n8n gives no signal', withoutSignal],
		[
			'where the signal is missing',
			{ getExecutionCancelSignal: () => undefined } as unknown as RequestContext,
		],
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
