import { createHmac, pbkdf2Sync, randomUUID } from 'node:crypto';
import { Failure } from '../lib/failure.mjs';
import { activationCode, buy } from './purchase.mjs';

/** @typedef {import('./purchase.mjs').Item} Item */
/** @typedef {{ code: number, msg: string, result?: Record<string, unknown> }} Answer the simulator's */
/** @typedef {{ executionId: string, items: Item[], paid: number }} Bought */

/** GSMA SGP.22: host, matching id, and optionally an object id and the mark that a confirmation code is needed. */
const ACTIVATION_CODE =
	/^LPA:1\$[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\$[A-Z0-9-]+(?:\$[0-9.]*(?:\$1)?)?$/;

/**
 * Buys by the workflow, and checks each eSIM in the simulator's books.
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {import('./workflows.mjs').Workflow} workflow
 * @param {import('./simulator.mjs').Access} access
 * @param {import('./progress.mjs').Note} note
 * @returns {Promise<Bought>}
 */
export async function buyAndCheck(api, workflow, access, note) {
	const books = new Bookkeeper(access);
	const before = await books.balance();
	const { executionId, items } = await buy(api, workflow, note);
	const [first, ...others] = items;
	if (!first)
		throw new Failure('The workflow ran, but its output holds no order with an activation code.');
	const paid = await books.check(first, before);
	for (const item of others) await books.check(item, before);
	return { executionId, items, paid };
}

/** Asks the simulator, past n8n and the node: signed by this file alone, so that the check shares no code with what it checks. */
class Bookkeeper {
	#access;

	/** @param {import('./simulator.mjs').Access} access */
	constructor(access) {
		this.#access = access;
	}

	/** Money left. */
	async balance() {
		return Number((await this.#ask('accountBalance')).balance);
	}

	/**
	 * Throws unless the item is an eSIM that the simulator sold under this order and was paid for.
	 * @param {Item} item
	 * @param {number} balanceBefore
	 * @returns {Promise<number>} what was paid
	 */
	async check(item, balanceBefore) {
		const code = activationCode(item);
		if (!code) throw new Failure('The workflow ran, but its output holds no activation code.');
		if (!ACTIVATION_CODE.test(code))
			throw new Failure(`"${code}" is no activation code (LPA:1$host$matching-id).`);
		const order = await this.#ask('topupDetail', { topup_id: item.topup_id ?? '' });
		if (!JSON.stringify(order).includes(JSON.stringify(code))) {
			throw new Failure(
				`The simulator has no eSIM with the code ${code} in the order ${item.topup_id}.`,
			);
		}
		const paid = balanceBefore - (await this.balance());
		if (!(paid > 0))
			throw new Failure(`The simulator was not paid for the order ${item.topup_id}.`);
		return Math.round(paid * 100) / 100;
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
