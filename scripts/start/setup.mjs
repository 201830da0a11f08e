import { Failure } from '../lib/failure.mjs';
import { OWNER } from './options.mjs';

/** @typedef {import('./n8n-api.mjs').N8nApi} N8nApi */
/** @typedef {{ id: string, name: string }} Credential as nodes name it */
/** @typedef {Record<string, Credential>} Credentials by type */

/**
 * Logs in, after making the owner on an n8n that has none yet.
 * @param {N8nApi} api
 */
export async function logIn(api) {
	/** @type {{ userManagement: { showSetupOnFirstLoad?: boolean } }} */
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
 * @param {N8nApi} api
 * @param {import('./simulator.mjs').Access} access
 * @param {number} smtpPort
 * @returns {Promise<Credentials>}
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

/**
 * @param {N8nApi} api
 * @param {string} type
 * @param {string} name
 * @param {Record<string, string | number | boolean>} data
 * @returns {Promise<Credential>}
 */
async function ensureCredential(api, type, name, data) {
	/** @type {(Credential & { type: string })[]} */
	const all = await api.call('GET', '/credentials');
	const existing = all.find((credential) => credential.name === name && credential.type === type);
	/** @type {Credential} */
	const { id } = existing
		? await api.call('PATCH', `/credentials/${existing.id}`, { name, type, data })
		: await api.call('POST', '/credentials', { name, type, data });
	/** @type {{ status: string, message: string }} */
	const { status, message } = await api.call('POST', '/credentials/test', {
		credentials: { id, name, type, data },
	});
	if (status !== 'OK')
		throw new Failure(`n8n's test of the credential "${name}" failed: ${message}`);
	return { id, name };
}
