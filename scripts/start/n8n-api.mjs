import { Failure } from '../lib/failure.mjs';

/** Speaks with n8n's editor API as the editor does: a login cookie, JSON both ways. */
export class N8nApi {
	#cookie = '';

	constructor(url) {
		this.url = url;
	}

	/**
	 * @param {'GET' | 'POST' | 'PATCH'} method
	 * @param {string} path below /rest
	 * @param {unknown} [body]
	 * @returns {Promise<any>} what stands in the answer's `data`
	 */
	async call(method, path, body) {
		const answer = await this.try(method, path, body);
		if (!answer.ok)
			throw new Failure(`n8n refused ${method} /rest${path}: ${answer.status} ${answer.message}`);
		return answer.data;
	}

	/** The same, with a refusal as an answer. */
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
		if (login) this.#cookie = login.split(';')[0];
		const text = await response.text();
		const parsed = parse(text);
		return {
			ok: response.ok,
			status: response.status,
			data: parsed?.data,
			message: parsed?.message ?? text.slice(0, 200),
		};
	}
}

/** Unpacks the flat list n8n stores executions as: every text in it is the index of what stands there. */
export function unflatten(text) {
	const list = JSON.parse(text);
	const known = new Map();
	const resolve = (index) => {
		const value = list[index];
		if (value === null || typeof value !== 'object') return value;
		if (known.has(index)) return known.get(index);
		const copy = Array.isArray(value) ? [] : {};
		known.set(index, copy);
		for (const [key, entry] of Object.entries(value))
			copy[key] = typeof entry === 'string' ? resolve(Number(entry)) : entry;
		return copy;
	};
	return resolve(0);
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
