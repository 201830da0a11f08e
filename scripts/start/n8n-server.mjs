import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../lib/children.mjs';
import { Failure } from '../lib/failure.mjs';
import { logFile } from '../lib/paths.mjs';
import { N8N_HOME, n8nEnv } from './n8n-env.mjs';
import { n8nOf } from './n8n-install.mjs';

const PATIENCE_MS = 240_000;

/** @typedef {{ url: string, child: import('../lib/children.mjs').Child, log: string }} Server */

/**
 * Starts n8n and waits until it answers.
 * @param {string} node the Node 24 to run it with
 * @param {import('./n8n-env.mjs').Ports} ports
 * @returns {Promise<Server>}
 */
export async function startN8n(node, ports) {
	const log = logFile('n8n');
	const child = startChild(node, [n8nOf().binary, 'start'], {
		cwd: N8N_HOME,
		env: n8nEnv(ports),
		log,
	});
	const url = `http://127.0.0.1:${ports.n8nPort}`;
	let ended = false;
	void child.done.then(() => (ended = true));
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await answers(url))) {
		if (ended)
			throw new Failure(`n8n ended before it was ready. ${reason(child.output())}`, { log });
		if (Date.now() > deadline)
			throw new Failure(`n8n did not become ready within ${PATIENCE_MS / 60_000} minutes.`, {
				log,
			});
		await sleep(250);
	}
	return { url, child, log };
}

/** @param {string} url */
async function answers(url) {
	/** @param {string} path */
	const ok = async (path) => (await fetch(`${url}${path}`)).ok;
	try {
		return (await ok('/healthz/readiness')) && (await ok('/rest/settings'));
	} catch {
		return false;
	}
}

/** @param {string} output n8n's */
function reason(output) {
	if (/EADDRINUSE|port \d+ is (already )?in use/i.test(output))
		return 'One of its ports was taken meanwhile: start again, or choose another port with --n8n-port.';
	if (/ENOSPC|disk is full|SQLITE_FULL/i.test(output))
		return 'The disk is full: make room and start again.';
	if (/encryption key/i.test(output))
		return 'Its stored data does not fit its key: "npm start -- --reset" begins anew.';
	return 'If it goes on, "npm start -- --reset" begins with fresh n8n data.';
}
