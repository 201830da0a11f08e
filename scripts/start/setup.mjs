import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { N8N_HOME } from './n8n-env.mjs';
import { OWNER } from './options.mjs';

const STAMP = join(N8N_HOME, 'demo.json');
const ACTIVATION_MS = 30_000;

/** The example that buys, and the one that MicroeSIM's push starts. */
export const BUY = 'buy-an-esim.json';
export const MAIL = 'callback-to-qr-mail.json';

/** Logs in, after making the owner on an n8n that has none yet. */
export async function logIn(api) {
	const { userManagement } = await api.call('GET', '/settings');
	if (userManagement.showSetupOnFirstLoad) {
		await api.call('POST', '/owner/setup', OWNER);
		return 'owner created';
	}
	const answer = await api.try('POST', '/login', {
		emailOrLdapLoginId: OWNER.email,
		password: OWNER.password,
	});
	if (!answer.ok) {
		throw new Failure(
			`The demo's n8n has an owner with another login (${answer.message}). "npm start -- --reset" throws its data away and begins anew.`,
		);
	}
	return 'owner exists';
}

/**
 * Keeps the credentials for the simulator and the demo's mail server, and has n8n test them, as the editor's Save does.
 * @returns {Promise<Record<string, { id: string, name: string }>>} by type, as nodes name them
 */
export async function ensureCredentials(api, access, smtpPort) {
	const mail = {
		user: '',
		password: '',
		host: '127.0.0.1',
		port: smtpPort,
		secure: false,
		disableStartTls: true,
		hostName: '',
	};
	return {
		microesimApi: await ensureCredential(api, 'microesimApi', 'MicroeSIM simulator', {
			environment: 'custom',
			...access,
			bodyFormat: 'multipart',
		}),
		smtp: await ensureCredential(api, 'smtp', 'Mails kept in .demo', mail),
	};
}

async function ensureCredential(api, type, name, data) {
	const existing = (await api.call('GET', '/credentials')).find(
		(credential) => credential.name === name && credential.type === type,
	);
	const { id } = existing
		? await api.call('PATCH', `/credentials/${existing.id}`, { name, type, data })
		: await api.call('POST', '/credentials', { name, type, data });
	const { status, message } = await api.call('POST', '/credentials/test', {
		credentials: { id, name, type, data },
	});
	if (status !== 'OK')
		throw new Failure(`n8n's test of the credential "${name}" failed: ${message}`);
	return { id, name };
}

/**
 * Imports an example workflow, or finds the one that was imported from this very file.
 * @returns {Promise<{ id: string, name: string, nodes: { name: string, type: string }[] }>}
 */
export async function ensureWorkflow(api, file, credentials) {
	const text = readExample(file);
	const hash = createHash('sha256').update(text).digest('hex');
	const last = readStamp(STAMP)?.[file];
	if (last) {
		const { ok, data } = await api.try('GET', `/workflows/${last.workflow}`);
		if (ok && !data.isArchived && last.example === hash && usesOnly(data.nodes, credentials))
			return data;
		// two workflows cannot have one address
		if (ok && data.activeVersionId)
			await api.call('POST', `/workflows/${last.workflow}/deactivate`, {});
	}
	const { name, nodes, connections, settings } = JSON.parse(text);
	const own = nodes.map((node) => withCredentials(node, credentials));
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
	const trigger = JSON.parse(readExample(MAIL)).nodes.find(({ webhookId }) => webhookId);
	return `/webhook/${trigger.webhookId}/microesim`;
}

/** Activates the workflow if it is not, and waits until its address answers. */
export async function ensureActive(api, { id, name, versionId, activeVersionId }, address) {
	if (!activeVersionId) await api.call('POST', `/workflows/${id}/activate`, { versionId });
	for (const deadline = Date.now() + ACTIVATION_MS; Date.now() < deadline; await sleep(100)) {
		if ((await fetch(address)).ok) return;
	}
	throw new Failure(
		`n8n does not answer at ${address}, where the workflow "${name}" waits for pushes.`,
	);
}

const readExample = (file) => readFileSync(inProject('examples', file), 'utf8');

function withCredentials(node, credentials) {
	const own = Object.keys(node.credentials ?? {}).map((type) => [
		type,
		credentials[type] ?? node.credentials[type],
	]);
	return own.length === 0 ? node : { ...node, credentials: Object.fromEntries(own) };
}

/** Not when somebody deleted the credential, or put in one that buys for real. */
function usesOnly(nodes, credentials) {
	return nodes.every((node) =>
		Object.entries(node.credentials ?? {}).every(
			([type, { id }]) => !credentials[type] || credentials[type].id === id,
		),
	);
}
