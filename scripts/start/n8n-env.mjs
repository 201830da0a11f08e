import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inDemo } from '../lib/paths.mjs';
import { n8nOf } from './n8n-install.mjs';

/** Settings of another n8n on this machine, and of the npm and Node that run this script. */
const NOT_PASSED_ON =
	/^(n8n_|db_|executions_|queue_|webhook_url$|vue_app_|external_|nodes_|credentials_|generic_|npm_|node_options$|node_env$|init_cwd$)/i;

/** The one module that calls n8n's servers at every start, whatever the switches say. */
const CALLS_HOME = 'mcp-registry';

/**
 * Older versions have no such module, and do not start with the name of one that they do not know.
 * @param {import('./n8n-install.mjs').N8n} n8n
 */
const hasIt = ({ modules }) => existsSync(join(modules, 'n8n', 'dist', 'modules', CALLS_HOME));

/** Where the demo's n8n keeps its data. */
export const N8N_HOME = inDemo('home');

/** @typedef {{ n8nPort: number, brokerPort: number }} Ports */

/**
 * The environment of the demo's n8n: on loopback alone, and calling nobody.
 * @param {Ports} ports
 * @param {string} [home] where it keeps its data
 * @param {import('./n8n-install.mjs').N8n} [n8n] another one than the demo's
 */
export function n8nEnv({ n8nPort, brokerPort }, home = N8N_HOME, n8n = n8nOf()) {
	const own = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name)),
	);
	const address = `http://127.0.0.1:${n8nPort}/`;
	const direct = [own.NO_PROXY ?? own.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return {
		...own,
		NODE_ENV: 'production',
		NO_PROXY: direct,
		no_proxy: direct,
		N8N_USER_FOLDER: home,
		// what Node has compiled of n8n once: a start takes half as long
		NODE_COMPILE_CACHE: inDemo('compiled'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(n8nPort),
		N8N_EDITOR_BASE_URL: address,
		WEBHOOK_URL: address,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// plain http, which is fine for an address that never leaves this machine
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: hasIt(n8n) ? CALLS_HOME : '',
	};
}
