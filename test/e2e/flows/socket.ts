import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket as NetSocket } from 'node:net';

/** One end of a WebSocket. */
export interface Socket {
	send(text: string): void;
	close(): void;
}

const TEXT = 1;
const CLOSE = 8;

/**
 * Opens a WebSocket (RFC 6455) as browsers do. It takes texts in one frame, as n8n sends them, and answers no pings,
 * which n8n does not send.
 *
 * @param url `http://`
 * @param onText each text that comes
 */
export async function openSocket(
	url: string,
	onText: (text: string, socket: Socket) => void,
): Promise<Socket> {
	const headers = {
		Connection: 'Upgrade',
		Upgrade: 'websocket',
		'Sec-WebSocket-Version': '13',
		'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
	};
	const line = await new Promise<NetSocket>((resolve, reject) => {
		request(url, { headers, agent: false })
			.once('upgrade', (_answer, socket: NetSocket, first) => {
				if (first.length > 0) socket.unshift(first);
				resolve(socket);
			})
			.once('response', ({ statusCode }) => reject(new Error(`No WebSocket: ${statusCode}`)))
			.once('error', reject)
			.end();
	});
	const socket: Socket = {
		send: (text) => line.write(masked(Buffer.from(text))),
		close: () => line.destroy(),
	};
	let kept = Buffer.alloc(0);
	line.on('data', (data: Buffer) => {
		kept = Buffer.concat([kept, data]);
		for (let frame = frameIn(kept); frame; frame = frameIn(kept)) {
			kept = kept.subarray(frame.length);
			if (frame.kind === TEXT) onText(frame.content.toString(), socket);
			if (frame.kind === CLOSE) line.end();
		}
	});
	line.on('error', () => line.destroy());
	return socket;
}

/** The first frame, where all of it is there; those of servers are not masked. */
function frameIn(data: Buffer): { kind: number; content: Buffer; length: number } | undefined {
	if (data.length < 2) return undefined;
	const short = data[1]! & 0x7f;
	const from = short === 126 ? 4 : short === 127 ? 10 : 2;
	if (data.length < from) return undefined;
	const size =
		short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
	if (data.length < from + size) return undefined;
	return { kind: data[0]! & 0x0f, content: data.subarray(from, from + size), length: from + size };
}

/** A text in one frame, masked as those of clients must be. */
function masked(text: Buffer): Buffer {
	if (text.length > 0xffff) throw new Error('Too long for this end of a WebSocket.');
	const mask = randomBytes(4);
	const head =
		text.length < 126
			? Buffer.from([0x80 | TEXT, 0x80 | text.length])
			: Buffer.from([0x80 | TEXT, 0x80 | 126, text.length >> 8, text.length & 0xff]);
	return Buffer.concat([head, mask, text.map((byte, index) => byte ^ mask[index % 4]!)]);
}
