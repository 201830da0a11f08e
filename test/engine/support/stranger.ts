import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { useStarted } from './useBench';

/** A server of somebody else, who must see nothing. */
interface Stranger {
	url: string;
	seen: string[];
	/** The headers of each of them. */
	headers: IncomingHttpHeaders[];
	stop(): void;
}

async function startStranger(): Promise<Stranger> {
	const seen: string[] = [];
	const headers: IncomingHttpHeaders[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		headers.push(request.headers);
		response.end('{"code":1,"msg":"Success","result":{"topup_id":"999","balance":1}}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		seen,
		headers,
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

export const useStranger = (): Stranger => useStarted(startStranger);
