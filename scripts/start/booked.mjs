import { createHmac, pbkdf2Sync, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';

/** @typedef {{ code: number, msg: string, result?: Record<string, unknown> }} Answer the simulator's */

/** GSMA SGP.22: host, matching id, and optionally an object id and the mark that a confirmation code is needed. */
const ACTIVATION_CODE =
	/^LPA:1\$[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\$[A-Z0-9-]+(?:\$[0-9.]*(?:\$1)?)?$/;

/** Asks the simulator, past n8n and the node: signed by this file alone, so that the check shares no code with what it checks. */
export class Books {
	#access;

	/** @param {import('./simulator.mjs').Access} access */
	constructor(access) {
		this.#access = access;
	}

	/** @returns {Promise<{ balance: number, currency: string }>} money left */
	async money() {
		const { balance, currency } = /** @type {{ balance: string, currency: string }} */ (
			await this.#ask('accountBalance')
		);
		return { balance: Number(balance), currency };
	}

	/**
	 * Throws unless an activation code is that of an eSIM that the simulator sold under this order.
	 * @param {string} topupId
	 * @param {string} code
	 */
	async check(topupId, code) {
		if (!ACTIVATION_CODE.test(code))
			throw new Failure(`"${code}" is no activation code (LPA:1$host$matching-id).`);
		const order = await this.#ask('topupDetail', { topup_id: topupId });
		if (!JSON.stringify(order).includes(JSON.stringify(code))) {
			throw new Failure(`The simulator has no eSIM with the code ${code} in the order ${topupId}.`);
		}
	}

	/**
	 * @param {string} endpoint
	 * @param {Record<string, string>} [fields]
	 * @returns {Promise<Record<string, unknown>>}
	 */
	async #ask(endpoint, fields = {}) {
		const body = new FormData();
		for (const [name, value] of Object.entries(fields)) body.set(name, value);
		// an order that is ready is sometimes shown as if it were still being made
		for (let attempt = 1; ; attempt++) {
			const response = await fetch(`${this.#access.baseUrl}/allesim/v1/${endpoint}`, {
				method: 'POST',
				headers: this.#sign(),
				body,
			});
			const { code, msg, result } = /** @type {Answer} */ (await response.json());
			if (code === 1 && result) return result;
			if (attempt === 5)
				throw new Failure(`The simulator answered ${endpoint} with ${code}: ${msg}`);
			await sleep(100);
		}
	}

	#sign() {
		const { account, secret, salt } = this.#access;
		const key = pbkdf2Sync(secret, Buffer.from(salt, 'hex'), 1024, 32, 'sha256').toString('hex');
		const nonce = randomUUID().replaceAll('-', '');
		const timestamp = String(Date.now());
		const sign = createHmac('sha256', key)
			.update(account + nonce + timestamp)
			.digest('hex');
		return {
			'MICROESIM-ACCOUNT': account,
			'MICROESIM-NONCE': nonce,
			'MICROESIM-TIMESTAMP': timestamp,
			'MICROESIM-SIGN': sign,
		};
	}
}
