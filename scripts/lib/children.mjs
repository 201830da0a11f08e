import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './errors.mjs';

/**
 * A program that was started. `done` gives the exit code (127 when it could not be started); `output` the last part of
 * what it said.
 * @typedef {{ pid: number | undefined, done: Promise<number>, output: () => string, stop: () => Promise<void> }} Child
 */

const WINDOWS = process.platform === 'win32';
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const PATIENCE_MS = 10_000;
const KEPT_CHARACTERS = 200_000;
/** @type {Set<Child>} */
const running = new Set();

/**
 * Starts a program as the head of a process group of its own, so that a Ctrl-C reaches it only through `stopAll`,
 * and its children with it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, shell?: boolean, onText?: (text: string) => void }} [options]
 *   `log`: file that gets all output; `onText`: gets it too
 * @returns {Child}
 */
export function startChild(command, args, { cwd, env, log, shell, onText } = {}) {
	const file = log ? openLog(log) : undefined;
	const child = spawn(command, args, {
		cwd,
		env,
		shell,
		detached: !WINDOWS,
		windowsHide: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	/** @param {string} chunk */
	const hear = (chunk) => {
		text = (text + chunk).slice(-KEPT_CHARACTERS);
		file?.write(chunk);
		onText?.(chunk);
	};
	child.stdout.setEncoding('utf8').on('data', hear);
	child.stderr.setEncoding('utf8').on('data', hear);
	// grandchildren that outlive their parent would keep the output open, and the ports
	child.once('exit', () => signalGroup(child.pid, 'SIGKILL'));
	/** @type {Promise<number>} */
	const ended = new Promise((resolve) => {
		child.once('error', (error) => {
			hear(`${error.message}\n`);
			resolve(127);
		});
		child.once('close', (code) => resolve(code ?? 128));
	});
	const done = ended.finally(() => {
		running.delete(entry);
		if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endTogether);
		file?.close();
	});
	/** @type {Child} */
	const entry = { pid: child.pid, done, output: () => text, stop: () => stopOne(entry) };
	if (child.pid) {
		if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endTogether);
		running.add(entry);
	}
	return entry;
}

/**
 * A signal that ends this process reaches none of the others, whose groups are their own. Where somebody else
 * handles it, as the demo does, it is their business.
 * @param {NodeJS.Signals} signal
 */
function endTogether(signal) {
	if (process.listenerCount(signal) > 1) return;
	killAll();
	process.off(signal, endTogether);
	process.kill(process.pid, signal);
}

/** Ends every program that is still running, politely first. */
export async function stopAll() {
	await Promise.all([...running].map(stopOne));
}

/** Ends every program at once; for a process that is about to exit. */
export function killAll() {
	for (const entry of running) signalGroup(entry.pid, 'SIGKILL');
}

/** @param {Child} entry */
async function stopOne(entry) {
	if (!running.has(entry)) return;
	signalGroup(entry.pid, 'SIGTERM');
	const timer = setTimeout(() => signalGroup(entry.pid, 'SIGKILL'), PATIENCE_MS);
	await entry.done;
	clearTimeout(timer);
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
	if (pid === undefined) return;
	if (WINDOWS) {
		spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).on('error', () => {});
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch (error) {
		// ESRCH: already gone; EPERM: macOS says so of a group that is only waiting to be buried
		if (!['ESRCH', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
	}
}

/** @param {string} path */
function openLog(path) {
	mkdirSync(dirname(path), { recursive: true });
	const descriptor = openSync(path, 'w');
	let open = true;
	return {
		/** @param {string} text */
		write(text) {
			try {
				if (open) writeSync(descriptor, text);
			} catch {
				// a full disk must not end the program whose output this is
			}
		},
		close() {
			open = false;
			closeSync(descriptor);
		},
	};
}
