import type { PushBody } from './encode';
import { CRLF } from './multipart';
import { SENDERS, type Header } from './senders';
import type { PushSettings } from './types';

/** A push as it goes over the wire. */
export interface WireRequest {
	head: Buffer;
	body: Buffer;
	/** The body waits a moment for "100 Continue". */
	asksFirst: boolean;
}

/** What fits into a chunk of Java's 4096 bytes beside its length and line ends. */
const CHUNK = 4096 - 'ff9\r\n\r\n'.length;

/** Writes a POST to `url` byte for byte; `own` headers that the sender has anyway replace those. */
export function writeRequest(
	url: URL,
	body: PushBody,
	own: Record<string, string>,
	sender: PushSettings['sender'],
): WireRequest {
	const style = SENDERS[sender];
	const asksFirst = body.bytes.length > style.expectsAbove;
	const usual = (headers: Header[]) =>
		style.headers({
			host: ['Host', url.host],
			type: body.contentType === undefined ? [] : [['Content-Type', body.contentType]],
			length: body.chunked
				? ['Transfer-Encoding', 'chunked']
				: ['Content-Length', String(body.bytes.length)],
			own: headers,
		});
	const replaced = new Set(usual([]).map(([name]) => name.toLowerCase()));
	const given = new Map(Object.entries(own).map((header) => [header[0].toLowerCase(), header]));
	const headers = usual(Object.entries(own).filter(([name]) => !replaced.has(name.toLowerCase())));
	if (asksFirst) headers.push(['Expect', '100-continue']);
	const lines = headers.map((header) => (given.get(header[0].toLowerCase()) ?? header).join(': '));
	const head = [`POST ${url.pathname}${url.search} HTTP/1.1`, ...lines, '', ''].join(CRLF);
	return {
		head: Buffer.from(head, 'latin1'),
		body: body.chunked ? inChunks(body.bytes) : body.bytes,
		asksFirst,
	};
}

function inChunks(bytes: Buffer): Buffer {
	const pieces: Buffer[] = [];
	for (let start = 0; start < bytes.length; start += CHUNK) {
		const piece = bytes.subarray(start, start + CHUNK);
		pieces.push(Buffer.from(`${piece.length.toString(16)}${CRLF}`), piece, Buffer.from(CRLF));
	}
	return Buffer.concat([...pieces, Buffer.from(`0${CRLF}${CRLF}`)]);
}
