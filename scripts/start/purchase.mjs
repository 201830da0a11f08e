import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { unflatten } from './n8n-api.mjs';

/** @typedef {import('./n8n-api.mjs').N8nApi} N8nApi */
/** @typedef {import('./progress.mjs').Note} Note */
/** @typedef {import('./workflows.mjs').Workflow} Workflow */
/** @typedef {import('n8n-workflow').IRunData} RunData */
/**
 * @typedef {Record<string, unknown> & { topup_id?: string, channel_dataplan_name?: string }} Item
 *   an eSIM, as the node gives it
 */

/**
 * What an execution ended with.
 * @typedef {object} ResultData
 * @property {RunData} runData
 * @property {{ message?: string, description?: string | null, node?: { name?: string } }} [error]
 */

const PATIENCE_MS = 180_000;
const OVER = new Set(['success', 'error', 'crashed', 'canceled']);

/**
 * Runs the workflow as the editor's "Execute workflow" does, and reads what it bought.
 * @param {N8nApi} api
 * @param {Workflow} workflow
 * @param {Note} note
 * @returns {Promise<{ executionId: string, items: Item[] }>}
 */
export async function buy(api, workflow, note) {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!trigger)
		throw new Failure(
			`The workflow "${workflow.name}" has no Manual Trigger any more, so nothing was bought.`,
		);
	/** @type {{ executionId?: string }} */
	const { executionId } = await api.call('POST', `/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: trigger.name },
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
	return { executionId, items: boughtItems(workflow, runData) };
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

/**
 * Of the MicroeSIM nodes that ran, the items of the last one that gave order and activation code.
 * @param {Workflow} workflow
 * @param {RunData} runData
 * @returns {Item[]}
 */
function boughtItems(workflow, runData) {
	const ours = new Set(
		workflow.nodes
			.filter(({ type }) => type.startsWith('n8n-nodes-microesim.'))
			.map(({ name }) => name),
	);
	const outputs = Object.entries(runData)
		.filter(([name]) => ours.has(name))
		.flatMap(([, runs]) => runs.at(-1) ?? [])
		.sort((one, other) => one.executionIndex - other.executionIndex)
		.map((run) => (run.data?.main?.[0] ?? []).map(({ json }) => json));
	return (
		outputs.findLast((items) => items.some((item) => item.topup_id && activationCode(item))) ?? []
	);
}

/**
 * The activation code that stands anywhere in an item.
 * @param {Item} item
 */
export function activationCode(item) {
	return texts(item).find((text) => text.startsWith('LPA:1$'));
}

/**
 * The address that installs the eSIM on an iPhone, anywhere in an item.
 * @param {Item} item
 */
export function iosLink(item) {
	return texts(item).find((text) => text.startsWith('https://esimsetup.apple.com/'));
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function texts(value) {
	if (typeof value === 'string') return [value];
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}
