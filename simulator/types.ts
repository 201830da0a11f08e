import type { Faults } from './faults';
import type { Order } from './orders/order';
import type { Plan } from './plans/plan';
import type { PushAttempt, PushOptions, PushOverrides } from './push/types';

/** What topupDetail shows while an order is being made (API document: nothing; shapes seen in the field). */
export type ProcessingShape =
	| 'msg'
	| 'status'
	| 'emptyLists'
	| 'emptyStrings'
	| 'scalars'
	| 'notFound'
	/** every eSIM but the last has its activation code (an order of one: none yet) */
	| 'partial'
	/** all device IDs, but of the other lists only the last entry: nothing says to which eSIM it belongs */
	| 'fewCodes'
	/** the same, as scalars */
	| 'oneCode'
	/** all device IDs, and the last entry of the other lists for each of them */
	| 'sameCode'
	/** the first six of these in turn, one per request */
	| 'rotate';

/** How numbers are written in answers: as in the document's samples, all as strings, or every numeric text bare. */
export type AnswerNumbersAs = 'document' | 'strings' | 'numbers';

/** A time in milliseconds, or a range of it from which each order draws its own by the seed. */
export type Duration = number | [number, number];

/** `real` follows the computer's clock and can be moved forward; `manual` moves only by `advance`. */
export interface ClockOptions {
	mode?: 'real' | 'manual';
	/** How many times as fast as the computer's clock a `real` one runs; above 0, default 1. */
	speed?: number;
	/** Milliseconds since 1970 at the start; default: now. */
	startAt?: number;
}

export interface SimulatorOptions {
	/** Loopback only; default 127.0.0.1. */
	host?: string;
	/** Default 0: a free port. */
	port?: number;
	/** The same seed sells the same plans and gives the same ids and codes; default 1. */
	seed?: number;
	/** Generated plans besides the document's five; 0 to 100,000, default 40. */
	plans?: number;
	/** Nobody changes `plans`, so each answer about them is written once and costs little then; default false. */
	fixedPlans?: boolean;
	/** How long an answer takes, real milliseconds; default 0. Requests at the same time wait side by side. */
	latencyMs?: number;
	account?: string;
	secret?: string;
	/** Hexadecimal. */
	salt?: string;
	balance?: number;
	currency?: string;
	/** How long an order takes, ms; default 2000. */
	deliveryMs?: Duration;
	/** The same for plans with "Local" in the name; default 60000. */
	localDeliveryMs?: Duration;
	/** Where pushes go when the order names no address. */
	notifyUrl?: string;
	push?: PushOptions;
	clock?: ClockOptions;
	processingShape?: ProcessingShape;
	/** How a finished order of one eSIM is listed; default `lists`. */
	readyAs?: 'lists' | 'scalars';
	answerNumbersAs?: AnswerNumbersAs;
	/** HTTP status of a refused signature; default 200 (with a code other than 1). */
	signatureFailureStatus?: 200 | 401;
	/** Gets one line per request answered and per push attempted. */
	log?: (line: string) => void;
}

/** One request as it arrived; never holds the signature headers. */
export interface RequestRecord {
	/** Last part of the path, for example `esimSubscribe`. */
	endpoint: string;
	method: string;
	path: string;
	query: Record<string, string>;
	/** The body's fields; empty when it had none or was refused unread. */
	fields: Record<string, string>;
	contentType: string | undefined;
	contentLength: string | undefined;
	transferEncoding: string | undefined;
	signature: SignatureVerdict;
	/** HTTP status, or null while unanswered or when the connection was cut. */
	status: number | null;
	/** Simulator time of arrival, ms. */
	time: number;
	/** Kind of the fault this request met. */
	fault?: string;
}

export type SignatureVerdict =
	| 'notChecked'
	| 'valid'
	| 'headerMissing'
	| 'headerRepeated'
	| 'badNonce'
	| 'badTimestamp'
	| 'clockSkew'
	| 'unknownAccount'
	| 'wrongSign'
	| 'replayedNonce';

export interface SimulatorClock {
	/** Simulator time, ms since 1970. */
	now(): number;
	/** How many times as fast as the computer's clock it runs; may be set while it does. */
	speed: number;
	/** Moves time forward; everything due on the way (pushes, retries, hourly compensation) is done in order before it resolves. */
	advance(ms: number): Promise<void>;
}

export interface Simulator {
	/** Base URL without a trailing slash. */
	url: string;
	account: string;
	secret: string;
	salt: string;
	currency: string;
	/** Money left, in `currency`; may be set. */
	balance: number;
	clock: SimulatorClock;
	/** Every booked order, oldest first. */
	ledger: Order[];
	/** Every request, oldest first. */
	requests: RequestRecord[];
	/**
	 * The largest number of requests to an endpoint (for example `deviceDetail`; default: all together) that were being
	 * answered at the same time, since the start or `forgetMostOpen`. An answer counts until it is sent, so make it `slow`.
	 */
	mostOpen(endpoint?: string): number;
	/** Makes `mostOpen` count anew, from the requests open now. */
	forgetMostOpen(): void;
	/** What is sold; may be changed while running. */
	plans: Plan[];
	/** Called after page `pageNo` was cut from the catalogue and before it is sent. */
	onPage: ((pageNo: number) => void) | undefined;
	faults: Faults;
	/** Pushes an order at once, ready or not, without retries. Rejects for an unknown order or when no address is known. */
	pushNow(topupId: string, overrides?: PushOverrides): Promise<PushAttempt[]>;
	/** Nobody listens at its address any more: connections are refused, and open ones are cut. It still pushes. */
	goOffline(): Promise<void>;
	/** Somebody listens there again. */
	goOnline(): Promise<void>;
	/** Resolves when every push that is due was attempted; retries due later are not waited for. */
	whenIdle(): Promise<void>;
	/** Ends it: open connections are cut, due pushes dropped. */
	stop(): Promise<void>;
}
