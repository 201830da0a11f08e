/** What can go wrong with one request. `booked` decides if the request took effect before the bad answer; default no. */
export type Fault =
	| {
			kind: 'http';
			status: number;
			body?: string;
			contentType?: string;
			headers?: Record<string, string>;
			booked?: boolean;
	  }
	| { kind: 'html502'; booked?: boolean }
	| { kind: 'unauthorized401' }
	| { kind: 'tooMany429'; retryAfterSeconds?: number }
	/** Connection cut, request without effect. */
	| { kind: 'cutBefore' }
	/** Request took effect, then the connection is cut without an answer. */
	| { kind: 'cutAfter' }
	/**
	 * Waits real milliseconds. `book` (default true): takes effect on arrival; false: after the wait, and not at all when
	 * the client has gone by then. `untilOpen`: the wait begins only when so many requests to the endpoint have been
	 * open at once, however long that takes.
	 */
	| { kind: 'slow'; ms: number; book?: boolean; untilOpen?: number }
	| { kind: 'badJson'; booked?: boolean }
	| { kind: 'emptyBody'; booked?: boolean }
	| { kind: 'code'; code: number | string; msg: string; result?: unknown; booked?: boolean }
	| { kind: 'html200'; booked?: boolean }
	/** Request took effect, half of the real answer is sent, then the connection is cut. */
	| { kind: 'cutMidBody' };

/** One endpoint by its name, or every endpoint. */
export type FaultTarget = string;

interface Rule {
	target: FaultTarget;
	skip: number;
	left: number;
	fault: Fault;
}

/** Which requests go wrong, and how. Rules made first are used up first; `always` gives way to the others. */
export class Faults {
	private rules: Rule[] = [];

	private standing = new Map<FaultTarget, Fault>();

	/** The next `times` requests to `endpoint` ("*" for any) meet `fault`. */
	next(endpoint: FaultTarget, fault: Fault, times = 1): void {
		this.after(endpoint, 0, fault, times);
	}

	/** `skip` requests go well first, then `times` meet `fault`. */
	after(endpoint: FaultTarget, skip: number, fault: Fault, times = 1): void {
		this.rules.push({ target: endpoint, skip, left: times, fault });
	}

	/** Every request to `endpoint` meets `fault` until `lift` or `clear`. */
	always(endpoint: FaultTarget, fault: Fault): void {
		this.standing.set(endpoint, fault);
	}

	/** Ends what `always` began for `endpoint`, and nothing else. */
	lift(endpoint: FaultTarget): void {
		this.standing.delete(endpoint);
	}

	/** Everything works again. */
	clear(): void {
		this.rules = [];
		this.standing.clear();
	}

	/** Counts one request to `endpoint` and returns the fault it meets, if any. */
	take(endpoint: string): Fault | undefined {
		let taken: Rule | undefined;
		for (const rule of this.rules) {
			if (rule.target !== endpoint && rule.target !== '*') continue;
			if (rule.skip > 0) rule.skip -= 1;
			else taken ??= rule;
		}
		if (!taken) return this.standing.get(endpoint) ?? this.standing.get('*');
		taken.left -= 1;
		if (taken.left <= 0) this.rules = this.rules.filter((rule) => rule !== taken);
		return taken.fault;
	}
}
