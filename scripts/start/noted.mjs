import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';

/** @typedef {import('./n8n-api.mjs').N8nApi} N8nApi */
/** @typedef {{ id: string, projectId: string, name: string }} Table */
/** @typedef {Record<string, string | number | null>} Row */

const TABLE = 'MicroeSIM orders';
const PATIENCE_MS = 30_000;

/**
 * Waits until the ledger says of an order number that its eSIM is with the buyer.
 * @param {N8nApi} api
 * @param {string} number
 * @returns {Promise<Row>} its row
 */
export async function rowOf(api, number) {
	let state = 'no row';
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
		const row = (await rows(api)).find(({ custom_order_no }) => custom_order_no === number);
		if (row?.state === 'delivered' && row.mailed_at) return row;
		state = String(row?.state ?? state);
	}
	throw new Failure(`The ledger still says "${state}" of the number ${number}.`);
}

/**
 * The newest rows.
 * @param {N8nApi} api
 * @returns {Promise<Row[]>}
 */
async function rows(api) {
	/** @type {{ data: Table[] }} */
	const { data } = await api.call('GET', '/data-tables-global');
	const table = data.find(({ name }) => name === TABLE);
	if (!table) return [];
	/** @type {{ data: Row[] }} */
	const page = await api.call(
		'GET',
		`/projects/${table.projectId}/data-tables/${table.id}/rows?take=50&sortBy=id:desc`,
	);
	return page.data;
}
