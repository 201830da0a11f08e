import formidable, { type File, type Files } from 'formidable';
import { jsonParse } from 'n8n-workflow';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';

/** A request with what n8n puts on it. */
export type Request = IncomingMessage & {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
	body?: unknown;
	query?: unknown;
};

/** n8n's settings endpoints.formDataFileSizeMax and a form's limit of names, as they are by default. */
const MAX_FILE_BYTES = 200 * 1024 * 1024;
const MAX_KEYS = 1000;
/** n8n's setting endpoints.payloadSizeMax. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** What n8n parses for nodes above version 1; the others read what they want by themselves. */
const PARSED = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)|\/xml$|\+xml$/;

/** A body that n8n answers itself, before any node sees it. */
class Refused {
	constructor(
		readonly status: number,
		readonly message: string,
		readonly hint?: string,
	) {}
}

/**
 * Leaves on a request what n8n 2.41.1 does (webhook-helpers, webhook-form-data and body-parser of its cli), or answers as
 * n8n does and resolves with false. XML and compressed bodies are left out.
 *
 * @param typeVersion of the node that it is for
 */
export async function readBody(
	request: Request,
	response: ServerResponse,
	typeVersion: number,
): Promise<boolean> {
	request.readRawBody = async () => await readRaw(request);
	try {
		const { type, charset } = contentType(request.headers['content-type']);
		if (type === 'multipart/form-data') await readForm(request, response, charset!);
		else if (typeVersion > 1 && !PARSED.test(type ?? '')) return true;
		else if (!type?.startsWith('multipart/')) await readText(request, type, charset);
		return true;
	} catch (error) {
		const refused = error instanceof Refused;
		const { status, message, hint } = refused
			? error
			: new Refused(500, 'There was a problem executing the workflow');
		response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
		response.end(JSON.stringify({ code: refused ? status : 0, message, hint }));
		return false;
	}
}

function contentType(header: string | undefined): { type?: string; charset?: string } {
	if (!header) return {};
	const [type, ...parameters] = header.split(';');
	const charset = parameters
		.map((parameter) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter)?.[1])
		.findLast((value) => value !== undefined);
	return { type: type!.toLowerCase(), charset: (charset ?? 'utf-8').toLowerCase() };
}

async function readRaw(request: Request): Promise<void> {
	if (request.rawBody) return;
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
		bytes += (chunk as Buffer).length;
		if (bytes > MAX_BODY_BYTES)
			throw Object.assign(new Error('request entity too large'), { type: 'entity.too.large' });
	}
	request.rawBody = Buffer.concat(chunks);
}

async function readText(request: Request, type?: string, charset?: string): Promise<void> {
	await request.readRawBody!();
	if (request.rawBody!.length === 0) return;
	try {
		// a charset that Node does not know fails here, for these types alone
		const text = () => request.rawBody!.toString(charset as BufferEncoding);
		const withoutMark = () => text().replace(/^\uFEFF/, '');
		if (type === 'application/json') request.body = jsonParse(withoutMark());
		else if (type === 'application/x-www-form-urlencoded')
			request.body = parse(withoutMark(), undefined, undefined, { maxKeys: MAX_KEYS });
		else if (type === 'text/plain') request.body = text();
	} catch (error) {
		throw new Refused(422, 'Failed to parse request body', (error as Error).message);
	}
}

async function readForm(request: Request, response: ServerResponse, charset: string) {
	const written = new Set<string>();
	const form = formidable({
		multiples: true,
		encoding: charset as BufferEncoding,
		maxFileSize: MAX_FILE_BYTES,
		allowEmptyFiles: true,
		minFileSize: 0,
	} as formidable.Options);
	form.on('fileBegin', (_name, file) => written.add(file.filepath));
	const cleanUp = async () => {
		await Promise.all([...written].map(async (path) => await rm(path, { force: true })));
	};
	// n8n deletes them a little earlier, as soon as the node's webhook() has returned
	response.once('close', () => void cleanUp());
	const [data, files] = await form.parse(request).catch((error: { httpCode?: unknown }) => {
		if (error.httpCode === 413)
			throw new Refused(413, 'The submitted form data exceeds the allowed size.');
		if (error.httpCode === 400)
			throw new Refused(400, 'The submitted form data could not be parsed.');
		throw error as unknown;
	});
	request.body = { data: unwrapped(data), files: unwrapped(filled(files)) };
}

/** Without the files of inputs that were left empty. */
function filled(files: Files): Record<string, File[]> {
	const kept = Object.entries(files).map(([name, list = []]) => {
		const some = list.filter(({ originalFilename, size }) => originalFilename !== '' || size > 0);
		return [name, some] as const;
	});
	return Object.fromEntries(kept.filter(([, list]) => list.length > 0));
}

/** A list of one becomes that one. */
const unwrapped = (lists: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(lists).map(([name, list]) => [
			name,
			Array.isArray(list) && list.length === 1 ? (list[0] as unknown) : list,
		]),
	);
