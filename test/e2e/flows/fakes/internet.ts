import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

import { readSetup } from '../../harness';
import type { Call, Site } from './site';

/** All of the net that an n8n can reach: the sites it is given. */
export interface Internet {
	/** What n8n is started with to live in it. */
	env: Record<string, string>;
	/** Hosts that were asked for and are not in it. */
	missing: string[];
	stop(): Promise<void>;
}

/**
 * Opens a proxy that ends HTTPS itself, with a certificate that the n8n behind it is told to trust, so that n8n's
 * own nodes speak to the sites under their real names.
 *
 * @param sites by host
 */
export async function startInternet(sites: Record<string, Site>): Promise<Internet> {
	const hosts = Object.keys(sites);
	const pems = await generate([{ name: 'commonName', value: 'Sites of the tests' }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
		],
	});
	const trusted = join(readSetup().folder, `sites-${Date.now()}-${process.pid}.pem`);
	writeFileSync(trusted, pems.cert);
	const secure = createSecureServer({ key: pems.private, cert: pems.cert }, (request, response) => {
		void serve(sites[request.headers.host!.split(':')[0]!]!, request, response);
	});
	const behind = await listen(secure);
	const missing: string[] = [];
	const open = new Set<Socket>();
	const proxy = createServer((_request, response) => response.writeHead(403).end());
	proxy.on('connect', ({ url = '' }: IncomingMessage, socket: Socket) => {
		const host = url.split(':')[0]!;
		if (!sites[host]) {
			missing.push(host);
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const inside = connect(behind, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(inside).pipe(socket);
		});
		for (const end of [socket, inside]) {
			open.add(end);
			end.on('error', () => end.destroy()).on('close', () => open.delete(end));
		}
	});
	const port = await listen(proxy);
	return {
		env: { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: trusted },
		missing,
		async stop() {
			for (const end of open) end.destroy();
			await Promise.all([secure, proxy].map(closed));
		},
	};
}

/** Serves one site over plain HTTP, for credentials that take an address. @returns its address */
export async function serveSite(site: Site): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => void serve(site, request, response));
	const url = `http://127.0.0.1:${await listen(server)}`;
	return {
		url,
		async stop() {
			server.closeAllConnections();
			await closed(server);
		},
	};
}

async function serve(site: Site, request: IncomingMessage, response: ServerResponse) {
	const { status, body, headers } = site.answer(await readCall(request));
	response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<Call> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { pathname, searchParams } = new URL(
		(request.url ?? '/').replace(/^\/+/, '/'),
		'http://site',
	);
	const { headers, method = 'GET' } = request;
	const path = pathname.replace(/\/{2,}/g, '/');
	const body = read(Buffer.concat(chunks).toString(), headers['content-type'] ?? '');
	return { method, path, query: searchParams, headers, body };
}

function read(text: string, type: string): unknown {
	if (text === '') return undefined;
	if (type.includes('json')) return JSON.parse(text);
	if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text));
	return text;
}

const listen = async (server: Server): Promise<number> => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
};

const closed = async (server: Server): Promise<void> =>
	await new Promise((resolve) => server.close(() => resolve()));
