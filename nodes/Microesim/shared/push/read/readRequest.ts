import type { IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../../answers/shapes';
import { readParts } from './fileParts';
import { LARGEST_BODY_BYTES } from './limits';
import { parseText } from './parseText';

/** The body of a request, or why it is not read. */
export type RequestBody =
	| {
			body: unknown;
			/** Whether it has lists whose order is lost. */
			isUnordered?: boolean;
			/** Files that n8n keeps copies of for it. */
			copies?: number;
	  }
	| { status: 413 | 503; fault: string };

const TOO_LARGE = {
	status: 413,
	fault: `the body is larger than ${LARGEST_BODY_BYTES} bytes`,
} as const;

/**
 * Takes the body of a request, whatever Content-Type it has or lacks. n8n does not read what it has no parser for.
 * What it has parsed is read again from its text, because n8n goes by the Content-Type and rounds long numbers; the
 * parts of a multipart body it keeps.
 */
export async function readRequest(context: IWebhookFunctions): Promise<RequestBody> {
	const request = context.getRequestObject();
	const { headers } = request;
	if (Number(headers['content-length'] ?? 0) > LARGEST_BODY_BYTES) return TOO_LARGE;
	const body = context.getBodyData() as unknown;
	// Exactly as n8n tells a form, or what it takes for one would stay unread.
	const isMultipart = /^multipart\//i.test(headers['content-type'] ?? '');
	if (isMultipart && isObject(body) && 'files' in body) return await readMultipart(context, body);
	try {
		if (!isMultipart) await request.readRawBody();
	} catch (error) {
		const { message, type } = error as Error & { type?: string };
		return type === 'entity.too.large'
			? TOO_LARGE
			: { status: 503, fault: `n8n could not read the body: ${message}` };
	}
	const { rawBody } = request;
	if (rawBody !== undefined && rawBody.length > LARGEST_BODY_BYTES) return TOO_LARGE;
	if (rawBody === undefined || rawBody.length === 0) return { body };
	// n8n has read texts that this cannot: other encodings than UTF-8.
	return { body: parseText(rawBody.toString('utf8')) ?? body };
}

async function readMultipart(
	context: IWebhookFunctions,
	body: { data?: unknown; files?: unknown },
): Promise<RequestBody> {
	try {
		const parts = await readParts(context, body);
		if ('fault' in parts) return parts;
		const { fields, isUnordered, copies } = parts;
		return { body: fields, isUnordered, copies };
	} catch (error) {
		const fault = `n8n could not read its parts: ${(error as Error).message}`;
		return { status: 503, fault };
	}
}
