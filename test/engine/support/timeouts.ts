import { ENDPOINTS } from '../../inside';

type Name = keyof typeof ENDPOINTS;

/**
 * A function that shortens how long the node waits for an answer; after each test all is as usual again. Half a second
 * of real time and more: on a busy machine a request needs a good part of it to arrive, and what has not arrived when
 * its time is over is another case, and counts in the next test.
 */
export function useTimeouts(): (endpoint: Name, milliseconds: number) => void {
	const usual = new Map<Name, number>();
	afterEach(() => {
		for (const [name, milliseconds] of usual) ENDPOINTS[name].timeoutMs = milliseconds;
	});
	return (name, milliseconds) => {
		if (!usual.has(name)) usual.set(name, ENDPOINTS[name].timeoutMs);
		ENDPOINTS[name].timeoutMs = milliseconds;
	};
}
