import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../lib/children.mjs';
import { Failure } from '../lib/failure.mjs';
import { inProject, logFile } from '../lib/paths.mjs';

/**
 * What belongs in the credential.
 * @typedef {{ baseUrl: string, account: string, secret: string, salt: string }} Access
 */

/** @typedef {{ child: import('../lib/children.mjs').Child, access: Access, log: string }} DemoSimulator */

const PATIENCE_MS = 60_000;
/** Enough to search: Japan for 7 days, and the like. */
const PLANS = 1500;
/** @type {Record<string, keyof Access>} */
const FIELDS = { 'Base URL': 'baseUrl', Account: 'account', Secret: 'secret', Salt: 'salt' };

/**
 * Starts the simulator and reads from its greeting what belongs in the credential.
 * @param {number} port
 * @param {string} notifyUrl the account's callback address: where every finished order is pushed
 * @returns {Promise<DemoSimulator>}
 */
export async function startDemoSimulator(port, notifyUrl) {
	const log = logFile('simulator');
	const args = [
		'--import',
		'tsx',
		'simulator/main.ts',
		'--port',
		String(port),
		'--notify-url',
		notifyUrl,
		'--plans',
		String(PLANS),
	];
	const child = startChild(process.execPath, args, { cwd: inProject(), log });
	let ended = false;
	void child.done.then(() => (ended = true));
	for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
		const access = readGreeting(child.output());
		if (access) return { child, access, log };
		if (ended)
			throw new Failure(`The simulator did not start: ${child.output().trim().split('\n')[0]}`, {
				log,
			});
		if (Date.now() > deadline)
			throw new Failure('The simulator did not start within a minute.', { log });
	}
}

/**
 * @param {string} text
 * @returns {Access | undefined} undefined while it has not said all
 */
function readGreeting(text) {
	const found = [...text.matchAll(/^\s*(Base URL|Account|Secret|Salt)\s+(\S+)[ \t]*\r?\n/gm)].map(
		([, name = '', value]) => [FIELDS[name], value],
	);
	return found.length === 4 ? Object.fromEntries(found) : undefined;
}
