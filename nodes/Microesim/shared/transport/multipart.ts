import { randomUUID } from 'crypto';

/** Fields as a form is sent: the body, and the header that goes with it. */
export interface FormBody {
	headers: { 'Content-Type': string };
	body: string;
}

/**
 * Writes a form as text. n8n's helpers take a FormData, too, but read it through a stream, which takes them longer than
 * all else they do for a request.
 *
 * @param fields names of the API, and values as text; line breaks become CRLF, as in every form
 * @see RFC 7578
 */
export function multipart(fields: ReadonlyArray<readonly [name: string, value: string]>): FormBody {
	// 122 random bits, in no value but by intent, and no value is made after this.
	const boundary = `microesim-${randomUUID()}`;
	const parts = fields.map(
		([name, value]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`,
	);
	return {
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
		body: `${parts.join('')}--${boundary}--\r\n`,
	};
}
