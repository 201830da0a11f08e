import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';

/** What scripts/e2e.mjs has set up. */
export interface Setup {
	/** Scratch folder; thrown away at the end. */
	folder: string;
	/** The Node 24 that n8n runs on. */
	node: string;
	/** n8n's own start file. */
	n8n: string;
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

/** Ports nobody uses at the moment. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer());
	const ports = await Promise.all(
		servers.map(
			async (server) =>
				await new Promise<number>((resolve, reject) => {
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
				}),
		),
	);
	await Promise.all(servers.map(async (server) => await new Promise((resolve) => server.close(resolve))));
	return ports;
}
