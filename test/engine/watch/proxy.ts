import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A MicroeSIM before another one. */
export interface Proxy {
	url: string;
	stop(): Promise<void>;
}

interface Envelope {
	result: Record<string, unknown>;
}

/** @param change changes the result of an answer on its way, by the endpoint that was asked */
export async function startProxy(
	target: string,
	change: (endpoint: string, result: Envelope['result']) => unknown,
): Promise<Proxy> {
	const server = createServer((request, response) => {
		void (async () => {
			const { method, url = '' } = request;
			const kept = Object.entries(request.headers).filter(([name]) =>
				/^(microesim|content-type)/i.test(name),
			);
			const headers = Object.fromEntries(kept) as Record<string, string>;
			const body = method === 'POST' ? new Uint8Array(await buffer(request)) : undefined;
			const there = await fetch(target + url, { method, headers, body });
			const answer = (await there.json()) as Envelope;
			change(new URL(target + url).pathname.split('/').at(-1)!, answer.result);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
