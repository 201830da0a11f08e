import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { chosen } from './choices.mjs';
import { N8N_HOME } from './n8n-env.mjs';

const STAMP = join(N8N_HOME, 'demo.json');
const ACTIVATION_MS = 30_000;

/** The examples at work in the demo, in the order in which they call each other. */
export const FLOWS = /** @type {const} */ ({
	ledger: 'order-ledger.json',
	mail: 'esim-mail.json',
	shop: 'shopify-order-to-esim.json',
	delivered: 'esim-delivered.json',
});

/** The others, to look at. */
export const OTHERS = readdirSync(inProject('examples'))
	.filter((file) => file.endsWith('.json') && !Object.values(FLOWS).some((one) => one === file))
	.sort();

/** @typedef {import('./n8n-api.mjs').N8nApi} N8nApi */
/** @typedef {import('./setup.mjs').Credentials} Credentials */
/** @typedef {import('n8n-workflow').INode} Node */
/** @typedef {Pick<import('n8n-workflow').IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'>} Example */

/**
 * A workflow as n8n's editor gets it.
 * @typedef {object} Workflow
 * @property {string} id
 * @property {string} name
 * @property {Node[]} nodes
 * @property {boolean} [isArchived]
 * @property {string} [versionId]
 * @property {string | null} [activeVersionId] null when it is not active
 */

/**
 * Imports an example workflow, or finds the one that was imported from this very file with these very choices.
 * @param {N8nApi} api
 * @param {string} file
 * @param {import('./choices.mjs').Choices} choices
 * @returns {Promise<Workflow>}
 */
export async function ensureWorkflow(api, file, choices) {
	const { name, nodes, connections, settings } = parseExample(file);
	const own = nodes.map((node) => chosen(node, choices));
	const hash = createHash('sha256')
		.update(JSON.stringify([own, connections]))
		.digest('hex');
	const last = /** @type {{ example: string, workflow: string } | undefined} */ (
		readStamp(STAMP)?.[file]
	);
	if (last) {
		/** @type {import('./n8n-api.mjs').Answer<Workflow>} */
		const { ok, data } = await api.try('GET', `/workflows/${last.workflow}`);
		const present = ok ? data : undefined;
		if (
			present &&
			!present.isArchived &&
			last.example === hash &&
			usesOnly(present.nodes, choices.credentials)
		)
			return present;
		// two workflows cannot have one address
		if (present?.activeVersionId)
			await api.call('POST', `/workflows/${last.workflow}/deactivate`, {});
	}
	/** @type {Workflow} */
	const workflow = await api.call('POST', '/workflows', {
		name,
		nodes: own,
		connections,
		settings,
	});
	writeStamp(STAMP, { ...readStamp(STAMP), [file]: { example: hash, workflow: workflow.id } });
	return workflow;
}

/** The path of the Production URL of the example that is started by a push; import keeps it. */
export function callbackPath() {
	const trigger = parseExample(FLOWS.delivered).nodes.find(({ webhookId }) => webhookId);
	if (!trigger)
		throw new Failure(`The example ${FLOWS.delivered} has no trigger that a push could start.`);
	return `/webhook/${trigger.webhookId}/microesim`;
}

/**
 * Publishes the workflow if it is not.
 * @param {N8nApi} api
 * @param {Workflow} workflow
 */
export async function ensurePublished(api, { id, versionId, activeVersionId }) {
	if (!activeVersionId) await api.call('POST', `/workflows/${id}/activate`, { versionId });
}

/**
 * Publishes it, and waits until its address answers.
 * @param {N8nApi} api
 * @param {Workflow} workflow
 * @param {string} address
 */
export async function ensureServed(api, workflow, address) {
	await ensurePublished(api, workflow);
	for (const deadline = Date.now() + ACTIVATION_MS; Date.now() < deadline; await sleep(100)) {
		if ((await fetch(address)).ok) return;
	}
	throw new Failure(
		`n8n does not answer at ${address}, where the workflow "${workflow.name}" waits for pushes.`,
	);
}

/**
 * @param {string} file
 * @returns {Example}
 */
const parseExample = (file) => JSON.parse(readFileSync(inProject('examples', file), 'utf8'));

/**
 * Not when somebody deleted the credential, or put in one that buys for real.
 * @param {Node[]} nodes
 * @param {Credentials} credentials
 */
function usesOnly(nodes, credentials) {
	return nodes.every((node) =>
		Object.entries(node.credentials ?? {}).every(
			([type, { id }]) => !credentials[type] || credentials[type].id === id,
		),
	);
}
