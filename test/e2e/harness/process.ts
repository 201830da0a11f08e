import { spawn } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readSetup } from './setup';

/** One process of n8n: `start`, `worker` or `webhook`. */
export interface N8nProcess {
	pid: number;
	/** Where it answers. */
	url: string;
	/** All that it says. */
	logFile: string;
	/** What it said so far: the last million characters. */
	output(): string;
	/** Ends it as an administrator would. */
	stop(): Promise<void>;
	/** Ends it as a power failure would. */
	kill(): Promise<void>;
}

/** For a start, on a machine that has other work. */
const PATIENCE_MS = 300_000;
let started = 0;

/**
 * Starts a process of n8n and waits until the address answers.
 *
 * @param command what n8n is asked to do
 * @param readyUrl answers with 2xx once the process is ready
 */
export async function startProcess(
	command: string,
	env: Record<string, string>,
	readyUrl: string,
): Promise<N8nProcess> {
	const { folder, node, n8n } = readSetup();
	const child = spawn(node, [n8n, command], {
		cwd: env.N8N_USER_FOLDER,
		env,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const logFile = join(folder, `n8n-${process.pid}-${++started}-${command}.log`);
	const mark = join(folder, 'running', String(child.pid));
	writeFileSync(mark, command);
	let output = '';
	let over = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output = (output + text).slice(-1_000_000);
			appendFileSync(logFile, text);
		});
	}
	const ended = new Promise<void>((resolve) => {
		child.once('close', () => {
			over = true;
			rmSync(mark, { force: true });
			resolve();
		});
	});
	const end = async (signal: NodeJS.Signals) => {
		if (!over) process.kill(-child.pid!, signal);
		await ended;
	};
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await answers(readyUrl))) {
		if (over) throw new Error(`n8n ${command} ended before it was ready:\n${output.slice(-2000)}`);
		if (Date.now() > deadline) {
			await end('SIGKILL');
			throw new Error(`n8n ${command} did not become ready:\n${output.slice(-2000)}`);
		}
		await sleep(200);
	}
	return {
		pid: child.pid!,
		url: new URL(readyUrl).origin,
		logFile,
		output: () => output,
		stop: async () => await end('SIGTERM'),
		kill: async () => await end('SIGKILL'),
	};
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}
