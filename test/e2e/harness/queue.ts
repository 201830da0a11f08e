import { readFileSync } from 'node:fs';

import { EditorApi } from './api';
import { startProcess, type N8nProcess } from './process';
import { makeQueueBackends, type QueueBackends } from './queueBackends';
import { envOf, makeHome } from './server';
import { freePorts } from './setup';

/** Which of the processes: `main`, or the how manieth of a kind. */
export type Place = 'main' | `webhook ${number}` | `worker ${number}`;

/** A real n8n of several processes: `start`, some of `worker`, and two of `webhook`. */
export interface QueueN8n {
	api: EditorApi;
	/** Addresses of the two webhook processes. */
	webhooks: [string, string];
	/** The processes that run now. */
	running(): Map<Place, N8nProcess>;
	/** Ends one as a power failure would. */
	kill(place: Place): Promise<void>;
	/** Starts one that was killed, under its old addresses. */
	startAgain(place: Place): Promise<void>;
	/** All that all processes ever said. */
	log(): string;
	/** The files in which that stands. */
	logFiles(): string[];
	/** The folder that all processes share. */
	home: string;
	backends: QueueBackends;
	stop(): Promise<void>;
}

const KINDS = { main: 'start', webhook: 'webhook', worker: 'worker' } as const;

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
	const atWork = Array.from({ length: workers }, (_, index): Place => `worker ${index + 1}`);
	const places: Place[] = ['main', 'webhook 1', 'webhook 2', ...atWork];
	const ports = await freePorts(3 * places.length);
	const portsOf = new Map(places.map((place) => [place, ports.splice(0, 3)]));
	const urlOf = (place: Place) => `http://127.0.0.1:${portsOf.get(place)![0]}`;
	const running = new Map<Place, N8nProcess>();
	const logFiles: string[] = [];

	const start = async (place: Place) => {
		const [port, brokerPort, healthPort] = portsOf.get(place) as [number, number, number];
		const kind = place.split(' ')[0] as keyof typeof KINDS;
		const env = {
			...envOf(home, port, brokerPort),
			...backends.env,
			...more,
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			N8N_WORKER_SERVER_PORT: String(healthPort),
		};
		const asked = kind === 'worker' ? `http://127.0.0.1:${healthPort}` : urlOf(place);
		const process = await startProcess(KINDS[kind], env, `${asked}/healthz/readiness`);
		running.set(place, process);
		logFiles.push(process.logFile);
	};
	const stop = async () => {
		await Promise.all([...running.values()].map(async (process) => await process.stop()));
		await backends.remove();
	};
	try {
		// the first process makes the tables
		await start('main');
		const api = new EditorApi(urlOf('main'));
		await api.setUpOwner();
		await Promise.all(places.slice(1).map(start));
		return {
			api,
			webhooks: [urlOf('webhook 1'), urlOf('webhook 2')],
			running: () => running,
			async kill(place) {
				const process = running.get(place);
				running.delete(place);
				await process?.kill();
			},
			startAgain: start,
			log: () => logFiles.map((file) => readFileSync(file, 'utf8')).join('\n'),
			logFiles: () => logFiles,
			home,
			backends,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
