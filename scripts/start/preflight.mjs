import {
	mkdirSync,
	openSync,
	closeSync,
	readFileSync,
	rmSync,
	statfsSync,
	writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { codeOf, messageOf } from '../lib/errors.mjs';
import { Failure } from '../lib/failure.mjs';
import { inDemo } from '../lib/paths.mjs';

const GIGABYTE = 1e9;
const LOCK = inDemo('running.pid');

/** Makes this the only start in this folder, until the process ends. Throws when another one is at work. */
export function takeLock() {
	mkdirSync(inDemo(), { recursive: true });
	const other = runningProcess();
	if (other)
		throw new Failure(
			`Another "npm start" (process ${other}) is at work in this folder. End it with Ctrl-C there, then start again (if there is none, delete .demo/running.pid).`,
		);
	rmSync(LOCK, { force: true });
	const file = openSync(LOCK, 'wx');
	writeSync(file, String(process.pid));
	closeSync(file);
	process.on('exit', () => rmSync(LOCK, { force: true }));
}

/** The id of the start that holds the lock, when it is still alive. */
export function runningProcess() {
	try {
		const pid = Number(readFileSync(LOCK, 'utf8'));
		if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
		process.kill(pid, 0);
		return pid;
	} catch (error) {
		return codeOf(error) === 'EPERM' ? 'of another user' : undefined;
	}
}

/**
 * Throws when the disk of this folder has less room than what is still to be brought.
 * @param {number} neededGigabytes
 */
export function checkDisk(neededGigabytes) {
	const { bavail, bsize } = statfsSync(inDemo());
	const free = (bavail * bsize) / GIGABYTE;
	if (free < neededGigabytes) {
		throw new Failure(
			`${free.toFixed(1)} GB are free on the disk of this folder, and about ${neededGigabytes} GB are needed for n8n and the dependencies. Make room and start again.`,
		);
	}
}

/** Below the range from which systems give ports to outgoing connections: minutes pass before n8n takes its port. */
const [FIRST_PORT, LAST_PORT] = [12_000, 30_000];
const TRIES = 50;

/**
 * A port of this machine that can be listened on: the wanted one, or any free one for 0.
 * Throws when the wanted one is taken.
 * @param {number} wanted
 * @param {string} what listens on it, for the sentence
 * @param {string} flag that chooses another one
 */
export async function usablePort(wanted, what, flag) {
	for (let tries = 1; ; tries++) {
		const port = wanted || FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
		const fault = await faultOf(port);
		if (!fault) return port;
		if (!wanted && tries < TRIES) continue;
		if (fault === 'EACCES')
			throw new Failure(
				`Port ${port} for ${what} may not be used by you: choose one above 1023 with "npm start -- ${flag} <number>".`,
			);
		throw new Failure(
			`Port ${port} for ${what} is taken by another program. End that program, or choose another port: "npm start -- ${flag} <number>" (0 takes any free one).`,
		);
	}
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} why it cannot be listened on, as the system's code
 */
async function faultOf(port) {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve(codeOf(error) ?? messageOf(error)));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
	});
}
