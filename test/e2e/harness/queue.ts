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
	/** Ends one of the two webhook processes as a power failure would, and starts it again under its address. */
	crashWebhook(index: 0 | 1): Promise<void>;
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
	const start = async (command: string, at = ports.splice(0, 3)) => {
		const [port, brokerPort, healthPort] = at as [number, number, number];
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
		return { process, url, again: async () => await start(command, at) };
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
		const webhooks = [one, other] as [typeof one, typeof other];
		return {
			api,
			webhooks: [one.url, other.url],
			async crashWebhook(index) {
				await webhooks[index].process.kill();
				webhooks[index] = await webhooks[index].again();
			},
			workers: atWork.map(({ process }) => process),
			log: () => running.map((process) => process.output()).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
