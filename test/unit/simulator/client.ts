import { createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../../simulator/index';

/** A client of our own, written from the API document: neither the node's nor the simulator's code. */
export interface Credential {
	account: string;
	secret: string;
	salt: string;
}

export function sign(
	{ account, secret, salt }: Credential,
	nonce: string,
	timestamp: string,
): string {
	const hexKey = pbkdf2Sync(secret, Buffer.from(salt, 'hex'), 1024, 32, 'sha256').toString('hex');
	return createHmac('sha256', Buffer.from(hexKey, 'utf8'))
		.update(account + nonce + timestamp)
		.digest('hex');
}

export function signedHeaders(
	credential: Credential,
	nonce = randomBytes(8).toString('hex'),
	timestamp = String(Date.now()),
): Record<string, string> {
	return {
		'MICROESIM-ACCOUNT': credential.account,
		'MICROESIM-NONCE': nonce,
		'MICROESIM-TIMESTAMP': timestamp,
		'MICROESIM-SIGN': sign(credential, nonce, timestamp),
	};
}

export interface Received {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

export function http(
	url: string,
	method: string,
	headers: Record<string, string | string[] | number>,
	body?: string | Buffer,
	giveUp?: AbortSignal,
): Promise<Received> {
	return new Promise((resolve, reject) => {
		const outgoing = request(url, { method, headers, agent: false, signal: giveUp }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('error', reject);
			answer.on('end', () =>
				resolve({
					status: answer.statusCode ?? 0,
					headers: answer.headers,
					text: Buffer.concat(chunks).toString(),
				}),
			);
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

export interface Envelope<Result = Record<string, unknown>> {
	code: number | string;
	msg: string;
	result: Result;
}

export function post(
	sim: Simulator,
	endpoint: string,
	fields: Record<string, string> = {},
	headers = signedHeaders(sim),
	giveUp?: AbortSignal,
): Promise<Received> {
	const body = new URLSearchParams(fields).toString();
	const type = {
		'Content-Type': 'application/x-www-form-urlencoded',
		'Content-Length': Buffer.byteLength(body),
	};
	return http(`${sim.url}/allesim/v1/${endpoint}`, 'POST', { ...type, ...headers }, body, giveUp);
}

export function get(
	sim: Simulator,
	endpointAndQuery: string,
	headers = signedHeaders(sim),
): Promise<Received> {
	return http(`${sim.url}/allesim/v1/${endpointAndQuery}`, 'GET', headers);
}

export async function call<Result = Record<string, unknown>>(
	sim: Simulator,
	endpoint: string,
	fields?: Record<string, string>,
): Promise<Envelope<Result>> {
	const { text } = await post(sim, endpoint, fields);
	return JSON.parse(text) as Envelope<Result>;
}

/** A plan of the document that is always on sale. */
export const JAPAN_3 = '2024081362C6C4EA4220B2D5224e2ee1E';

export async function buy(sim: Simulator, fields: Record<string, string> = {}): Promise<string> {
	const { result } = await call<{ topup_id: string }>(sim, 'esimSubscribe', {
		number: '1',
		channel_dataplan_id: JAPAN_3,
		...fields,
	});
	return result.topup_id;
}

export interface Push {
	contentType: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Receiver {
	url: string;
	pushes: Push[];
	/** Statuses answered next, in order; 200 when empty. */
	answers: number[];
	close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const pushes: Push[] = [];
	const answers: number[] = [];
	const server: Server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			pushes.push({
				contentType: incoming.headers['content-type'] ?? '',
				headers: incoming.headers,
				body: Buffer.concat(chunks),
			});
			outgoing
				.writeHead(answers.shift() ?? 200, { Location: 'http://127.0.0.1:9/elsewhere' })
				.end('{"code":1,"msg":"Success"}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		pushes,
		answers,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

/** The fields of a push, whatever its encoding; repeated fields as lists. */
export async function readPush({ contentType, body }: Push): Promise<Record<string, unknown>> {
	if (contentType.startsWith('application/json'))
		return JSON.parse(body.toString()) as Record<string, unknown>;
	const form = await new Response(new Uint8Array(body), {
		headers: { 'content-type': contentType },
	}).formData();
	return Object.fromEntries(
		[...new Set(form.keys())].map((name) => [
			name,
			form.getAll(name).length > 1 ? form.getAll(name) : form.get(name),
		]),
	);
}
