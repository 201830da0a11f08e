import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

import { EditorApi } from './api';
import { startProcess, type N8nProcess } from './process';
import { freePorts, readSetup } from './setup';

/** A real n8n of one process, with the package in it and its owner logged in. */
export interface N8n {
	url: string;
	api: EditorApi;
	/** What the running process said so far. */
	log(): string;
	/** The files in which all stands that was ever said. */
	logFiles(): string[];
	home: string;
	/** Ends it politely, or at once, and starts it on the same data. */
	restart(how?: 'politely' | 'byForce'): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Without what a test seldom needs and each start pays for: the files of the editor, and the process that runs Code
 * nodes.
 */
const LEAN = {
	N8N_DISABLE_UI: 'true',
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'not-a-real-token',
};

/** Settings by which n8n starts as it does for its users, with editor and runner. */
export const AS_USERS_HAVE_IT = { N8N_DISABLE_UI: 'false', N8N_RUNNERS_MODE: 'internal' };

/** A home of its own for an n8n, with the package installed where n8n keeps community packages. */
export function makeHome(): string {
	const { folder, env } = readSetup();
	const home = mkdtempSync(join(folder, 'n8n-'));
	cpSync(env.N8N_USER_FOLDER!, home, { recursive: true });
	return home;
}

/** The environment of one process of n8n. */
export function envOf(home: string, port: number, brokerPort: number): Record<string, string> {
	const url = `http://127.0.0.1:${port}/`;
	return {
		...readSetup().env,
		...LEAN,
		N8N_USER_FOLDER: home,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: url,
	};
}

/** Starts n8n on SQLite, on free ports. @param more further settings of it */
export async function startN8n(more: Record<string, string> = {}): Promise<N8n> {
	const home = makeHome();
	const [port, brokerPort] = (await freePorts(2)) as [number, number];
	const url = `http://127.0.0.1:${port}`;
	const logFiles: string[] = [];
	const start = async () => {
		const env = { ...envOf(home, port, brokerPort), ...more };
		const process = await startProcess('start', env, `${url}/healthz/readiness`);
		logFiles.push(process.logFile);
		return process;
	};
	let running: N8nProcess = await start();
	const api = new EditorApi(url);
	await api.setUpOwner();
	return {
		url,
		api,
		log: () => running.output(),
		logFiles: () => logFiles,
		home,
		async restart(how = 'politely') {
			await (how === 'politely' ? running.stop() : running.kill());
			running = await start();
		},
		stop: async () => await running.stop(),
	};
}
