import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver that keeps the bytes of each connection as they came. */
export interface RawReceiver {
	url: string;
	connections: Buffer[];
	close(): Promise<void>;
}

export async function startRawReceiver(): Promise<RawReceiver> {
	const connections: Buffer[] = [];
	const server = createServer((incoming, outgoing) => {
		incoming.resume().once('end', () => outgoing.end('{"code":1,"msg":"Success"}'));
	});
	server.on('connection', (socket) => {
		const index = connections.push(Buffer.alloc(0)) - 1;
		socket.on('data', (bytes: Buffer) => {
			connections[index] = Buffer.concat([connections[index]!, bytes]);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`,
		connections,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
