import { EditorApi } from './api';
import { startProcess, type N8nProcess } from './process';
import { makeQueueBackends } from './queueBackends';
import { envOf, makeHome } from './server';
import { freePorts } from './setup';

/** A real n8n of several processes: `start`, `worker` and two `webhook`. */
export interface QueueN8n {
	api: EditorApi;
	/** Addresses of the two webhook processes. */
	webhooks: [string, string];
	log(): string;
	stop(): Promise<void>;
}

/** Starts them. */
export async function startQueueN8n(): Promise<QueueN8n> {
	const backends = await makeQueueBackends();
	const home = makeHome();
	const ports = await freePorts(12);
	const running: N8nProcess[] = [];
	const start = async (command: string) => {
		const [port, brokerPort, healthPort] = ports.splice(0, 3) as [number, number, number];
		const env = {
			...envOf(home, port, brokerPort),
			...backends.env,
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			N8N_WORKER_SERVER_PORT: String(healthPort),
		};
		const url = `http://127.0.0.1:${port}`;
		const ready =
			command === 'worker'
				? `http://127.0.0.1:${healthPort}/healthz/readiness`
				: `${url}/healthz/readiness`;
		running.push(await startProcess(command, env, ready));
		return url;
	};
	const stop = async () => {
		await Promise.all(running.map(async (process) => await process.stop()));
		await backends.remove();
	};
	try {
		// the first process makes the tables
		const api = new EditorApi(await start('start'));
		await api.setUpOwner();
		await start('worker');
		const webhooks: [string, string] = [await start('webhook'), await start('webhook')];
		return {
			api,
			webhooks,
			log: () => running.map((process) => process.output()).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
