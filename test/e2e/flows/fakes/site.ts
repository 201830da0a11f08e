import type { IDataObject } from 'n8n-workflow';
import type { IncomingHttpHeaders } from 'node:http';

/** What was sent to a site. */
export interface Call {
	method: string;
	/** Without the query; slashes that stand twice are one, as servers read them. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	/** JSON and forms taken apart; else the text. */
	body: unknown;
}

export interface Answer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

const UNAVAILABLE: Answer = { status: 503, body: { errors: 'Service unavailable' } };

/** @param parts what the parentheses of its path caught */
type Route = (call: Call, ...parts: string[]) => Answer;

/**
 * A fake of one service's API, written from its public documents. It knows the routes it is given and refuses
 * everything else, and keeps what it was asked for.
 */
export abstract class Site {
	/** All that was asked, oldest first. */
	readonly calls: Call[] = [];

	/** What it did not know; tests look that nothing is in it. */
	readonly unknown: string[] = [];

	/** While it is set, it answers nobody and changes nothing. */
	isDown = false;

	private readonly faults: Answer[] = [];

	/** By method and path, such as `GET /orders/(\d+)`. */
	protected abstract readonly routes: Record<string, Route>;

	/** Forgets calls and faults. */
	reset(): void {
		this.isDown = false;
		for (const list of [this.calls, this.unknown, this.faults]) list.length = 0;
	}

	/** The next call is answered so, whatever it is, and changes nothing. */
	failNext(status: number, body: unknown = UNAVAILABLE.body): void {
		this.faults.push({ status, body });
	}

	answer(call: Call): Answer {
		this.calls.push(call);
		const fault = this.isDown ? UNAVAILABLE : this.faults.shift();
		if (fault) return fault;
		const asked = `${call.method} ${call.path}`;
		for (const [pattern, route] of Object.entries(this.routes)) {
			const match = new RegExp(`^${pattern}$`).exec(asked);
			if (match) return this.refusal(call) ?? route(call, ...match.slice(1));
		}
		this.unknown.push(asked);
		return { status: 404, body: { errors: `Not Found: ${asked}` } };
	}

	/** Why a caller gets nothing, such as a wrong token. */
	protected abstract refusal(call: Call): Answer | undefined;
}

/** A part of a body that must be an object. */
export function objectIn(body: unknown, key: string): IDataObject | undefined {
	const value = (body as IDataObject | undefined)?.[key];
	return value !== null && typeof value === 'object' && !Array.isArray(value)
		? (value as IDataObject)
		: undefined;
}
