import { EditorApi } from './api';
import { startProcess, type N8nProcess } from './process';
import { makeQueueBackends } from './queueBackends';
import { envOf, makeHome } from './server';
import { freePorts } from './setup';

/** A real n8n of several processes: `start`, some of `worker`, and two of `webhook`. */
export interface QueueN8n {
	api: EditorApi;
	/** Addresses of the two webhook processes. */
	webhooks: [string, string];
	/** To be ended one by one. */
	workers: N8nProcess[];
	log(): string;
	stop(): Promise<void>;
}

/**
 * Starts them.
 *
 * @param options `workers`: how many; `env`: more settings for all processes
 */
export async function startQueueN8n({
	workers = 1,
	env: more = {},
}: { workers?: number; env?: Record<string, string> } = {}): Promise<QueueN8n> {
	const backends = await makeQueueBackends();
	const home = makeHome();
	const ports = await freePorts(3 * (3 + workers));
	const running: N8nProcess[] = [];
	const start = async (command: string) => {
		const [port, brokerPort, healthPort] = ports.splice(0, 3) as [number, number, number];
		const env = {
			...envOf(home, port, brokerPort),
			...backends.env,
			...more,
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			N8N_WORKER_SERVER_PORT: String(healthPort),
		};
		const url = `http://127.0.0.1:${port}`;
		const ready =
			command === 'worker'
				? `http://127.0.0.1:${healthPort}/healthz/readiness`
				: `${url}/healthz/readiness`;
		const process = await startProcess(command, env, ready);
		running.push(process);
		return { process, url };
	};
	const stop = async () => {
		await Promise.all(running.map(async (process) => await process.stop()));
		await backends.remove();
	};
	try {
		// the first process makes the tables
		const api = new EditorApi((await start('start')).url);
		await api.setUpOwner();
		const [one, other, ...atWork] = await Promise.all([
			start('webhook'),
			start('webhook'),
			...Array.from({ length: workers }, async () => await start('worker')),
		]);
		return {
			api,
			webhooks: [one.url, other.url],
			workers: atWork.map(({ process }) => process),
			log: () => running.map((process) => process.output()).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
