import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { parseExactJson } from '../transport/envelope';

/** Pushes are a few kilobytes; n8n itself would take 16 MB. */
const LARGEST_BODY_BYTES = 256 * 1024;

/** The body of a request, or why it is not read. */
export type RequestBody = { body: unknown } | { status: 413; fault: string };

/**
 * Takes the body from n8n, which has parsed it already: JSON, URL-encoded or multipart. JSON is read again from
 * its text, because n8n's own reading rounds long numbers.
 */
export function readRequest(context: IWebhookFunctions): RequestBody {
	const { rawBody, headers } = context.getRequestObject();
	const size = Math.max(rawBody?.length ?? 0, Number(headers['content-length'] ?? 0));
	if (size > LARGEST_BODY_BYTES) {
		return { status: 413, fault: `the body is larger than ${LARGEST_BODY_BYTES} bytes` };
	}
	const body = context.getBodyData() as IDataObject | undefined;
	if (/[/+]json/i.test(headers['content-type'] ?? '') && rawBody !== undefined) {
		return { body: exactly(rawBody) ?? body };
	}
	const isMultipart = /multipart\//i.test(headers['content-type'] ?? '');
	// n8n puts the fields of a multipart body beside its files.
	return { body: isMultipart && body !== undefined && 'files' in body ? body.data : body };
}

/** n8n has read texts that this cannot: other encodings than UTF-8. */
function exactly(rawBody: Buffer): unknown {
	try {
		return parseExactJson(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}
