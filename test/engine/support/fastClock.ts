import { ClientRequest } from 'node:http';

/** A Date to which it is always the moment that is told, in milliseconds since 1970. */
export const dateThatTells = (now: () => number): DateConstructor =>
	new Proxy(Date, {
		construct: (target, given: [], newTarget) =>
			Reflect.construct(target, given.length > 0 ? given : [now()], newTarget) as Date,
		get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
	});

/**
 * Lets time run so many times as fast for everything that a test file loads: n8n, the node, MicroeSIM and the test.
 * Whoever sleeps wakes up so much sooner, n8n's requests time out so much sooner, and Date tells that all of the time
 * has passed. Sockets and the machine are as fast as they are.
 *
 * Tests wait as long as users do, and nobody waits for the tests.
 */
export function useFastClock(speed: number): void {
	const real = { Date, setTimeout, setInterval };
	const { setTimeout: realTimeout } = ClientRequest.prototype;
	const start = Date.now();
	const now = () => Math.floor(start + (real.Date.now() - start) * speed);

	beforeAll(() => {
		globalThis.Date = dateThatTells(now);
		globalThis.setTimeout = Object.assign(
			(...[run, ms, ...given]: Parameters<typeof setTimeout>) =>
				real.setTimeout(run, (ms ?? 0) / speed, ...given),
			real.setTimeout,
		);
		globalThis.setInterval = Object.assign(
			(...[run, ms, ...given]: Parameters<typeof setInterval>) =>
				real.setInterval(run, (ms ?? 0) / speed, ...given),
			real.setInterval,
		);
	});
	// how older versions of n8n end a request that takes too long
	beforeAll(() => {
		ClientRequest.prototype.setTimeout = function (this: ClientRequest, ms, ...given) {
			return realTimeout.call(this, ms / speed, ...given);
		};
	});
	afterAll(() => {
		Object.assign(globalThis, real);
		ClientRequest.prototype.setTimeout = realTimeout;
	});
}
