import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { readBody, type Request } from './requestBody';

let server: Server;
let url: string;
let seen: (request: Request) => void | Promise<void> = () => {};
let typeVersion = 1;
beforeEach(() => (typeVersion = 1));
beforeAll(async () => {
	server = createServer((request: Request, response) => {
		void readBody(request, response, typeVersion).then(async (read) => {
			if (!read) return;
			await seen(request);
			response.end('read');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

interface Upload {
	filepath: string;
	originalFilename: string | null;
	mimetype: string;
	size: number;
}

interface Outcome {
	status: number;
	text: string;
	body: unknown;
	rawBody: string | undefined;
	/** What the files held while the node was asked. */
	contents: Record<string, string[]>;
}

async function post(contentType: string | null, body: string | Buffer): Promise<Outcome> {
	const outcome: Outcome = { status: 0, text: '', body: 'none', rawBody: undefined, contents: {} };
	seen = (request) => {
		outcome.body = request.body;
		outcome.rawBody = request.rawBody?.toString();
		const { files = {} } = (request.body ?? {}) as { files?: Record<string, Upload | Upload[]> };
		for (const [name, list] of Object.entries(files))
			outcome.contents[name] = [list]
				.flat()
				.map(({ filepath }) => readFileSync(filepath).toString('latin1'));
	};
	const headers = contentType === null ? undefined : { 'content-type': contentType };
	const response = await fetch(url, {
		method: 'POST',
		headers,
		body: new Uint8Array(Buffer.from(body)),
	});
	return { ...outcome, status: response.status, text: await response.text() };
}

const FORM = 'multipart/form-data; boundary=B';
const part = (headers: string[], text: string) =>
	`--B\r\n${headers.join('\r\n')}\r\n\r\n${text}\r\n`;
const named = (name: string, more = '') => `Content-Disposition: form-data; name="${name}"${more}`;
const TEXT = 'Content-Type: text/plain;charset=UTF-8';
const form = (...parts: string[]) => `${parts.join('')}--B--\r\n`;

describe('multipart', () => {
	it('has ordinary parts in data and parts with a type of their own in files', async () => {
		const { body, rawBody, contents } = await post(
			FORM,
			form(part([named('topup_id')], '29'), part([named('device_id'), TEXT], '8000')),
		);
		expect(body).toEqual({
			data: { topup_id: '29' },
			files: {
				device_id: expect.objectContaining({
					filepath: expect.stringMatching(/^\//),
					originalFilename: null,
					mimetype: 'text/plain;charset=UTF-8',
					size: 4,
				}),
			},
		});
		expect(contents).toEqual({ device_id: ['8000'] });
		expect(rawBody).toBeUndefined();
		const { filepath } = (body as { files: Record<string, Upload> }).files.device_id!;
		while (existsSync(filepath)) await new Promise((next) => setImmediate(next));
	});

	it('gathers repeated names, typed or not, and keeps names as they are written', async () => {
		const { body, contents } = await post(
			FORM,
			form(
				...['a', 'b'].map((value) => part([named('id')], value)),
				...['c', 'd'].map((value) => part([named('id[]'), TEXT], value)),
			),
		);
		expect(body).toMatchObject({ data: { id: ['a', 'b'] }, files: { 'id[]': [{}, {}] } });
		expect(contents).toEqual({ 'id[]': ['c', 'd'] });
	});

	it('keeps an empty typed part, but not an input left empty; a file name alone makes no file', async () => {
		const { body, contents } = await post(
			FORM,
			form(
				part([named('typed'), TEXT], ''),
				part([named('left', '; filename=""'), 'Content-Type: application/octet-stream'], ''),
				part([named('named', '; filename="a.txt"')], 'x'),
			),
		);
		expect(body).toMatchObject({ data: { named: 'x' } });
		expect(contents).toEqual({ typed: [''] });
	});

	it('leaves the bytes of a file alone, and reads base64', async () => {
		const latin = 'Content-Type: text/plain; charset=ISO-8859-1';
		const { contents, body } = await post(
			FORM,
			Buffer.from(
				form(
					part([named('a'), latin, 'Content-Transfer-Encoding: 8bit'], '\xe9'),
					part([named('b'), TEXT, 'Content-Transfer-Encoding: base64'], 'YWJj'),
					part([named('c'), 'Content-Transfer-Encoding: binary'], 'abc'),
				),
				'latin1',
			),
		);
		expect(contents).toEqual({ a: ['\xe9'], b: ['abc'] });
		expect(body).toMatchObject({ data: { c: 'abc' } });
	});

	it.each([
		['no boundary', 'multipart/form-data', 400, 'The submitted form data could not be parsed.'],
		[
			'a charset that is not "utf-8"',
			`${FORM}; charset=utf8`,
			500,
			'There was a problem executing the workflow',
		],
	])('with %s is refused', async (_what, type, status, message) => {
		const outcome = await post(type, form(part([named('a')], '1')));
		expect(outcome).toMatchObject({ status, body: 'none' });
		expect(JSON.parse(outcome.text)).toMatchObject({ message });
	});
});

describe('other types', () => {
	it.each([
		['application/json;charset=UTF-8', '\uFEFF{"a":1}', { a: 1 }],
		['Application/JSON', '"text"', 'text'],
		['application/json', '', undefined],
		[
			'application/x-www-form-urlencoded;charset=utf-8',
			'a=1&a=2&b[]=3',
			{ a: ['1', '2'], 'b[]': '3' },
		],
		['application/x-www-form-urlencoded', '{"a":1}', { '{"a":1}': '' }],
		['text/plain', '{"a":1}', '{"a":1}'],
		['application/octet-stream', '{"a":1}', undefined],
		['application/json ; charset=utf-8', '{"a":1}', undefined],
		[null, '{"a":1}', undefined],
	])('%s: %s', async (type, text, body) => {
		const outcome = await post(type, text);
		expect(outcome.status).toBe(200);
		expect(outcome.rawBody).toBe(text);
		expect({ ...(outcome.body as object) }).toEqual({ ...(body as object) });
		expect(typeof outcome.body).toBe(typeof body);
	});

	it.each([
		['application/json', '{"a":', /JSON/],
		['application/json; charset=ISO-8859-1', '{}', /Unknown encoding: iso-8859-1/],
		['application/x-www-form-urlencoded; charset=GBK', 'a=1', /Unknown encoding: gbk/],
	])('%s: %s is answered by n8n itself', async (type, text, hint) => {
		const outcome = await post(type, text);
		expect(outcome).toMatchObject({ status: 422, body: 'none' });
		expect(JSON.parse(outcome.text)).toEqual({
			code: 422,
			message: 'Failed to parse request body',
			hint: expect.stringMatching(hint),
		});
	});

	it.each([
		['application/octet-stream', undefined],
		[null, undefined],
		['application/json', '{"a":1}'],
		['text/plain', '{"a":1}'],
	])('%s: for nodes above version 1, n8n reads what it parses alone', async (type, atOnce) => {
		typeVersion = 1.1;
		const read: unknown[] = [];
		const headers = type === null ? undefined : { 'content-type': type };
		seen = async (request) => {
			read.push(request.rawBody?.toString());
			await request.readRawBody!();
			read.push(request.rawBody?.toString());
		};
		await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from('{"a":1}')) });
		expect(read).toEqual([atOnce, '{"a":1}']);
	});
});
