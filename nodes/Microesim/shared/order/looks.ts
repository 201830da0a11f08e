/** The API document asks for a minute or two more for plans with this in their name. */
const LOCAL = /local/i;
const LOCAL_MS = 60_000;
const SHORTEST_PAUSE_MS = 2800;
const LONGEST_PAUSE_MS = 10_000;
/** From 28 s on pauses grow with the age: what takes minutes is not asked for every few seconds. */
const GROWTH = 0.1;

const FIRST_LOOK_MS = 5000;
/** No order is ready before this (API document, topupDetail). */
const EARLIEST_FIRST_LOOK_MS = 2000;
const LATEST_FIRST_LOOK_MS = 8000;
/** Steps that balance where one first look in ten finds its order ready. */
const EARLIER_MS = 900;
const LATER_MS = 100;

/** Whether orders of this plan are slow by what the API document says; false for a plan without a name. */
export const isLocal = (planName: string | null): boolean => LOCAL.test(planName ?? '');

/** When an order of a usual age is first looked at. Learned from the first looks at orders before it. */
export class FirstLook {
	/** Milliseconds since the order was booked: 2 to 8 s, whatever is learned. */
	ageMs = FIRST_LOOK_MS;

	/** @param ready whether a first look at that age found its order ready */
	learn(ready: boolean): void {
		const next = this.ageMs + (ready ? -EARLIER_MS : LATER_MS);
		this.ageMs = Math.min(Math.max(next, EARLIEST_FIRST_LOOK_MS), LATEST_FIRST_LOOK_MS);
	}
}

/** What this process has learned, from the orders of all plans that are not slow. */
export const usualFirstLook = new FirstLook();

/** Forgets it, as a restart would. For tests. */
export function forgetUsualAge(): void {
	usualFirstLook.ageMs = FIRST_LOOK_MS;
}

/**
 * How long to wait after a look that found an order not ready.
 *
 * @param ageMs milliseconds since the order was booked
 * @param local whether its plan is one of the slow ones
 * @param firstLookMs the age of the first look: an order that is younger is not looked at again before
 * @returns milliseconds
 */
export function pauseAfterLook(ageMs: number, local: boolean, firstLookMs: number): number {
	const untilFirst = (local ? LOCAL_MS : firstLookMs) - ageMs;
	const usual = Math.min(Math.max(ageMs * GROWTH, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
	// What was learned since an order was looked at must not bring the next look close behind.
	return untilFirst > 0 ? Math.max(untilFirst, SHORTEST_PAUSE_MS) : usual;
}
