/** One call of the API: where it goes, how long it may take, and whether it may be sent twice. */
export interface Endpoint {
	method: 'GET' | 'POST';
	path: string;
	/** In words, for errors. */
	purpose: string;
	timeoutMs: number;
	/** Only calls that change nothing are sent again after a fault of the network or the server. */
	repeatable: boolean;
	/** Whether its answer is waited for although the execution was stopped: it is paid, and says what was bought. */
	outlivesStop?: true;
	/** Ends the request after so many milliseconds, also while an answer drips in; only where nothing else stops it. */
	cutAfterMs?: number;
}

const SECOND = 1000;

const read = (path: string, purpose: string, timeoutMs = 30 * SECOND): Endpoint => ({
	method: 'POST',
	path: `/allesim/v1/${path}`,
	purpose,
	timeoutMs,
	repeatable: true,
});

const change = (path: string, purpose: string, timeoutMs = 60 * SECOND): Endpoint => ({
	...read(path, purpose, timeoutMs),
	repeatable: false,
});

const catalogue = (path: string, timeoutMs: number): Endpoint => ({
	...read(path, 'reading the data plans', timeoutMs),
	method: 'GET',
});

/** Every endpoint of the API document, section 5 "Interface summary". Shops see orders take over 15 s. */
export const ENDPOINTS = {
	planList: catalogue('esimDataplanList', 180 * SECOND),
	planListPage: catalogue('esimDataplanListPage', 60 * SECOND),
	subscribe: { ...change('esimSubscribe', 'the order', 90 * SECOND), outlivesStop: true },
	order: read('topupDetail', 'reading the order'),
	requestCallback: change('topupDetail-async', 'the request for a callback'),
	esim: read('deviceDetail', 'reading the eSIM'),
	events: read('eventDetail', 'reading the events'),
	balance: read('accountBalance', 'reading the balance'),
	terminate: change('terminate', 'the termination'),
} satisfies Record<string, Endpoint>;
