import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { N8N_HOME } from './n8n-env.mjs';
import { OWNER } from './options.mjs';

const EXAMPLE = inProject('examples', 'buy-an-esim.json');
const CREDENTIAL = { name: 'MicroeSIM simulator', type: 'microesimApi' };
const STAMP = join(N8N_HOME, 'demo.json');

/** Logs in, after making the owner on an n8n that has none yet. */
export async function logIn(api) {
	const { userManagement } = await api.call('GET', '/settings');
	if (userManagement.showSetupOnFirstLoad) {
		await api.call('POST', '/owner/setup', OWNER);
		return 'owner created';
	}
	const answer = await api.try('POST', '/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	if (!answer.ok) {
		throw new Failure(`The demo's n8n has an owner with another login (${answer.message}). "npm start -- --reset" throws its data away and begins anew.`);
	}
	return 'owner exists';
}

/**
 * Keeps a credential for the simulator and has n8n test it, as the editor's Save does.
 * @returns {Promise<{ id: string, name: string }>}
 */
export async function ensureCredential(api, access) {
	const data = { environment: 'custom', ...access, bodyFormat: 'multipart' };
	const existing = (await api.call('GET', '/credentials')).find(({ name, type }) => name === CREDENTIAL.name && type === CREDENTIAL.type);
	const { id } = existing
		? await api.call('PATCH', `/credentials/${existing.id}`, { ...CREDENTIAL, data })
		: await api.call('POST', '/credentials', { ...CREDENTIAL, data });
	const { status, message } = await api.call('POST', '/credentials/test', { credentials: { id, ...CREDENTIAL, data } });
	if (status !== 'OK') throw new Failure(`n8n's test of the credential failed: ${message}`);
	return { id, name: CREDENTIAL.name };
}

/**
 * Imports the example workflow, or finds the one that was imported from this very file.
 * @returns {Promise<{ id: string, name: string, nodes: { name: string, type: string }[] }>}
 */
export async function ensureWorkflow(api, credential) {
	const text = readFileSync(EXAMPLE, 'utf8');
	const hash = createHash('sha256').update(text).digest('hex');
	const last = readStamp(STAMP);
	if (last?.example === hash) {
		const { ok, data } = await api.try('GET', `/workflows/${last.workflow}`);
		if (ok && !data.isArchived && usesOnly(data.nodes, credential)) return data;
	}
	const { name, nodes, connections, settings } = JSON.parse(text);
	const own = nodes.map((node) => withCredential(node, credential));
	const workflow = await api.call('POST', '/workflows', { name, nodes: own, connections, settings });
	writeStamp(STAMP, { example: hash, workflow: workflow.id });
	return workflow;
}

function withCredential(node, { id, name }) {
	if (!node.credentials?.[CREDENTIAL.type]) return node;
	return { ...node, credentials: { ...node.credentials, [CREDENTIAL.type]: { id, name } } };
}

/** Not when somebody deleted the credential, or put in one that buys for real. */
function usesOnly(nodes, { id }) {
	return nodes.every((node) => (node.credentials?.[CREDENTIAL.type]?.id ?? id) === id);
}
