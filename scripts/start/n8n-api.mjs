import { Failure } from '../lib/failure.mjs';

/**
 * `data`: what stands in the answer's `data`; `message`: what n8n says of a refusal
 * @template Data
 * @typedef {{ ok: boolean, status: number, data?: Data, message: string }} Answer
 */

/** Speaks with n8n's editor API as the editor does: a login cookie, JSON both ways. */
export class N8nApi {
	#cookie = '';

	/** @param {string} url */
	constructor(url) {
		this.url = url;
	}

	/**
	 * Throws a Failure when n8n refuses.
	 * @template Data
	 * @param {'GET' | 'POST' | 'PATCH'} method
	 * @param {string} path below /rest
	 * @param {unknown} [body]
	 * @returns {Promise<Data>} what stands in the answer's `data`
	 */
	async call(method, path, body) {
		/** @type {Answer<Data>} */
		const answer = await this.try(method, path, body);
		if (!answer.ok)
			throw new Failure(`n8n refused ${method} /rest${path}: ${answer.status} ${answer.message}`);
		return /** @type {Data} */ (answer.data);
	}

	/**
	 * The same, with a refusal as an answer.
	 * @template Data
	 * @param {'GET' | 'POST' | 'PATCH'} method
	 * @param {string} path
	 * @param {unknown} [body]
	 * @returns {Promise<Answer<Data>>}
	 */
	async try(method, path, body) {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				...(this.#cookie && { cookie: this.#cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login) this.#cookie = login.replace(/;.*/s, '');
		const text = await response.text();
		const parsed = parse(text);
		return {
			ok: response.ok,
			status: response.status,
			data: /** @type {Data | undefined} */ (parsed?.data),
			message: parsed?.message ?? text.slice(0, 200),
		};
	}
}

/**
 * Unpacks the flat list n8n stores executions as: every text in it is the index of what stands there.
 * @param {string} text
 * @returns {unknown}
 */
export function unflatten(text) {
	/** @type {unknown[]} */
	const list = JSON.parse(text);
	/** @type {Map<number, unknown>} */
	const known = new Map();
	/**
	 * @param {number} index
	 * @returns {unknown}
	 */
	const resolve = (index) => {
		const value = list[index];
		if (value === null || typeof value !== 'object') return value;
		if (known.has(index)) return known.get(index);
		/** @type {Record<string, unknown> | unknown[]} */
		const copy = Array.isArray(value) ? [] : {};
		known.set(index, copy);
		for (const [key, entry] of Object.entries(value)) {
			const own = typeof entry === 'string' ? resolve(Number(entry)) : entry;
			Object.assign(copy, { [key]: own });
		}
		return copy;
	};
	return resolve(0);
}

/**
 * @param {string} text
 * @returns {{ data?: unknown, message?: string } | undefined} undefined when it is no JSON
 */
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
