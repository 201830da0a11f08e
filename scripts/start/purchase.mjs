import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { unflatten } from './n8n-api.mjs';

/** @typedef {import('./n8n-api.mjs').N8nApi} N8nApi */
/** @typedef {import('./progress.mjs').Note} Note */
/** @typedef {import('./workflows.mjs').Workflow} Workflow */
/** @typedef {import('n8n-workflow').IRunData} RunData */
/** @typedef {{ topup_id: string, custom_order_no: string }} Bought an order that was placed, as the node gives it */

/**
 * What an execution ended with.
 * @typedef {object} ResultData
 * @property {RunData} runData
 * @property {{ message?: string, description?: string | null, node?: { name?: string } }} [error]
 */

const PATIENCE_MS = 180_000;
const OVER = new Set(['success', 'error', 'crashed', 'canceled']);

/** Nodes of the flow. */
const [TRIGGER, BUYS] = ['Order Paid', 'Buy the eSIM'];

/**
 * Hands an order of the shop to the flow: pins it to its trigger, where it can be looked at, and runs it as the editor's
 * "Execute workflow" does.
 * @param {N8nApi} api
 * @param {Workflow} workflow
 * @param {import('./shop-order.mjs').ShopOrder} order
 * @param {Note} note
 * @returns {Promise<{ executionId: string, bought: Bought[] }>}
 */
export async function buy(api, workflow, order, note) {
	/** @type {Workflow} */
	const { versionId } = await api.call('GET', `/workflows/${workflow.id}`);
	await api.call('PATCH', `/workflows/${workflow.id}`, {
		versionId,
		pinData: { [TRIGGER]: [{ json: order }] },
	});
	/** @type {{ executionId?: string }} */
	const { executionId } = await api.call('POST', `/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: TRIGGER },
	});
	if (!executionId) throw new Failure(`n8n did not start the workflow "${workflow.name}".`);
	const execution = await finished(api, executionId, note);
	const { resultData } = /** @type {{ resultData: ResultData }} */ (unflatten(execution.data));
	const { runData, error } = resultData;
	if (execution.status !== 'success') {
		const where = error?.node?.name ? ` in "${error.node.name}"` : '';
		throw new Failure(
			`The workflow ended with "${execution.status}"${where}: ${[error?.message, error?.description].filter(Boolean).join(' ')}`,
		);
	}
	const bought = (runData[BUYS]?.at(-1)?.data?.main?.[0] ?? []).map(
		({ json }) => /** @type {Bought} */ (/** @type {unknown} */ (json)),
	);
	if (bought.length === 0)
		throw new Failure(`The workflow "${workflow.name}" ran, and bought nothing.`);
	return { executionId, bought };
}

/**
 * @param {N8nApi} api
 * @param {string} id
 * @param {Note} note
 */
async function finished(api, id, note) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(300)) {
		/** @type {{ status: string, data: string }} */
		const execution = await api.call('GET', `/executions/${id}`);
		if (OVER.has(execution.status)) return execution;
		note(execution.status);
	}
	throw new Failure(`The workflow was not over after ${PATIENCE_MS / 60_000} minutes.`);
}
