import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** What scripts/e2e/setup.mjs has set up. */
export interface Setup {
	/** Scratch folder; thrown away at the end. */
	folder: string;
	/** The Node 24 that n8n runs on. */
	node: string;
	/** n8n's own start file. */
	n8n: string;
	/** Which n8n it is. */
	version: string;
	/** n8n's environment; N8N_USER_FOLDER names the home to copy. */
	env: Record<string, string>;
	/** Whether this machine has what n8n's queue mode needs. */
	queue: boolean;
}

/** Reads it. Throws when the tests were started past the script. */
export function readSetup(): Setup {
	const file = process.env.MICROESIM_E2E;
	if (!file) throw new Error('These tests need a real n8n: run them with "node scripts/e2e.mjs".');
	return JSON.parse(readFileSync(file, 'utf8')) as Setup;
}

/** Below the range from which systems give ports to outgoing connections: those could take one while n8n restarts. */
const [FIRST_PORT, LAST_PORT] = [12_000, 30_000];

/** Ports nobody uses at the moment, and nobody is given by chance. */
export async function freePorts(count: number): Promise<number[]> {
	const ports = new Set<number>();
	while (ports.size < count) {
		const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
		if (await isFree(port)) ports.add(port);
	}
	return [...ports];
}

const isFree = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
