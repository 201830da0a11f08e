import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { N8N_HOME } from './n8n-env.mjs';

const STAMP = join(N8N_HOME, 'demo.json');
const ACTIVATION_MS = 30_000;

/** The example that buys, and the one that MicroeSIM's push starts. */
export const BUY = 'buy-an-esim.json';
export const MAIL = 'callback-to-qr-mail.json';

/** The others, to look at; none of them is activated. */
export const OTHERS = readdirSync(inProject('examples'))
	.filter((file) => file.endsWith('.json') && file !== BUY && file !== MAIL)
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
 * Imports an example workflow, or finds the one that was imported from this very file.
 * @param {N8nApi} api
 * @param {string} file
 * @param {Credentials} credentials
 * @returns {Promise<Workflow>}
 */
export async function ensureWorkflow(api, file, credentials) {
	const text = readFileSync(inProject('examples', file), 'utf8');
	const hash = createHash('sha256').update(text).digest('hex');
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
			usesOnly(present.nodes, credentials)
		)
			return present;
		// two workflows cannot have one address
		if (present?.activeVersionId)
			await api.call('POST', `/workflows/${last.workflow}/deactivate`, {});
	}
	const { name, nodes, connections, settings } = parseExample(text);
	const own = nodes.map((node) => withCredentials(node, credentials));
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
	const { nodes } = parseExample(readFileSync(inProject('examples', MAIL), 'utf8'));
	const trigger = nodes.find(({ webhookId }) => webhookId);
	if (!trigger) throw new Failure(`The example ${MAIL} has no trigger that a push could start.`);
	return `/webhook/${trigger.webhookId}/microesim`;
}

/**
 * Activates the workflow if it is not, and waits until its address answers.
 * @param {N8nApi} api
 * @param {Workflow} workflow
 * @param {string} address
 */
export async function ensureActive(api, { id, name, versionId, activeVersionId }, address) {
	if (!activeVersionId) await api.call('POST', `/workflows/${id}/activate`, { versionId });
	for (const deadline = Date.now() + ACTIVATION_MS; Date.now() < deadline; await sleep(100)) {
		if ((await fetch(address)).ok) return;
	}
	throw new Failure(
		`n8n does not answer at ${address}, where the workflow "${name}" waits for pushes.`,
	);
}

/**
 * @param {string} text
 * @returns {Example}
 */
function parseExample(text) {
	return JSON.parse(text);
}

/**
 * @param {Node} node
 * @param {Credentials} credentials by type; those of another type stay as they are
 * @returns {Node}
 */
function withCredentials(node, credentials) {
	const own = Object.entries(node.credentials ?? {}).map(([type, credential]) => [
		type,
		credentials[type] ?? credential,
	]);
	return own.length === 0 ? node : { ...node, credentials: Object.fromEntries(own) };
}

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
