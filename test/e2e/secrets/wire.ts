import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to MicroeSIM on which somebody listens. */
export interface Wire {
	/** The address to be asked in place of MicroeSIM's. */
	url: string;
	/** The headers of every request that went through. */
	seen: IncomingHttpHeaders[];
	stop(): Promise<void>;
}

/** Opens one. @param target the address behind it; what is cut there is cut here */
export async function startWire(target: string): Promise<Wire> {
	const seen: IncomingHttpHeaders[] = [];
	const server = createServer((from, to) => {
		seen.push(from.headers);
		const { method, headers, url } = from;
		const onwards = request(`${target}${url}`, { method, headers, agent: false }, (answer) => {
			to.writeHead(answer.statusCode!, answer.headers);
			answer.on('error', () => to.destroy());
			answer.on('aborted', () => to.destroy());
			answer.pipe(to);
		});
		onwards.on('error', () => to.destroy());
		to.on('close', () => onwards.destroy());
		from.pipe(onwards);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
