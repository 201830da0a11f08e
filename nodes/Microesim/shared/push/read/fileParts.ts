import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isObject, listOf } from '../../answers/shapes';
import { asText } from '../../answers/text';
import { mayCopy } from './copies';
import { LARGEST_BODY_BYTES } from './limits';

/** n8n's form parser takes every part of a multipart body that names its own Content-Type for a file. */
interface FilePart {
	filepath: string;
	mimetype: string;
	size: number;
}

/** A push has a dozen fields, and perhaps a few eSIMs. */
const MOST_PARTS = 200;

/**
 * The fields of a form with those that n8n holds as files, or why they are not read. `isUnordered` where a name comes
 * more than once: n8n's parser has files of one name in the order in which they were written to its disk.
 */
export type Parts =
	| { fields: IDataObject; isUnordered: boolean; copies: number }
	| { fault: string; status: 413 | 503 };

/**
 * Reads the small files of a multipart body as the fields that they are. n8n gives a webhook no other way to the
 * content of such a part than a copy among its binary data, so nothing large is read, and nothing at all of a body
 * that has too much of it.
 *
 * @param body what n8n's form parser made of the body
 * @throws what n8n's binary data throws
 */
export async function readParts(
	context: IWebhookFunctions,
	{ data, files }: { data?: unknown; files?: unknown },
): Promise<Parts> {
	const fields = { ...(isObject(data) ? data : {}) } as IDataObject;
	const parts = Object.entries(isObject(files) ? files : {}).flatMap(([name, given]) =>
		listOf(given).flatMap((part) => (isFilePart(part) ? [{ name, part }] : [])),
	);
	if (parts.length > MOST_PARTS) {
		return { fault: `it has more than ${MOST_PARTS} files`, status: 413 };
	}
	// A body that is sent in chunks does not say how long it is.
	const size = parts.reduce((sum, { part }) => sum + part.size, bytesOf(fields));
	if (size > LARGEST_BODY_BYTES) {
		return { fault: `its parts are larger than ${LARGEST_BODY_BYTES} bytes`, status: 413 };
	}
	if (!mayCopy(triggerOf(context), parts.length)) {
		return { fault: 'too many files of pushes that came to nothing were read', status: 503 };
	}
	const texts = await Promise.all(parts.map(async ({ part }) => await textOf(context, part)));
	let isUnordered = false;
	for (const [index, { name }] of parts.entries()) {
		const before = listOf(fields[name]);
		isUnordered ||= before.length > 0;
		fields[name] = before.length > 0 ? ([...before, texts[index]] as string[]) : texts[index];
	}
	return { fields, isUnordered, copies: parts.length };
}

/** Names and values of plain fields, as UTF-8. */
const bytesOf = (fields: IDataObject): number =>
	Object.entries(fields)
		.flatMap(([name, value]) => [name, ...listOf(value).map(asText)])
		.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Tells the trigger from others of this process. */
export const triggerOf = (context: IWebhookFunctions): string =>
	JSON.stringify([context.getWorkflow().id, context.getNode().id]);

const isFilePart = (part: unknown): part is FilePart =>
	isObject(part) && typeof part.filepath === 'string' && typeof part.size === 'number';

async function textOf(context: IWebhookFunctions, part: FilePart): Promise<string> {
	const { nodeHelpers, helpers } = context;
	const copy = await nodeHelpers.copyBinaryFile(part.filepath, 'push', part.mimetype);
	const bytes =
		copy.id === undefined
			? Buffer.from(copy.data, 'base64')
			: await helpers.binaryToBuffer(await helpers.getBinaryStream(copy.id));
	const text = bytes.toString('utf8');
	// Java's older clients write ISO-8859-1, which fails as UTF-8.
	return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
