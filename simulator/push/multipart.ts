/** A line end on the wire. */
export const CRLF = '\r\n';

/** How one client writes the parts of a multipart body. */
export interface PartStyle {
	/** Headers of a part besides Content-Disposition, in the client's order; `length` is that of its bytes. */
	headers(kind: 'text' | 'json', length: number): string[];
	/** A part's text as bytes. */
	bytes(text: string, kind: 'text' | 'json'): Buffer;
	/** A name as it stands between quotes. */
	quote(name: string): string;
}

export interface Part {
	name: string;
	text: string;
	kind: 'text' | 'json';
}

/** A multipart body byte for byte, with the line end behind its last boundary that all of them send. */
export function writeMultipart(parts: readonly Part[], boundary: string, style: PartStyle): Buffer {
	const written = parts.flatMap(({ name, text, kind }) => {
		const bytes = style.bytes(text, kind);
		const head = [
			`--${boundary}`,
			`Content-Disposition: form-data; name="${style.quote(name)}"`,
			...style.headers(kind, bytes.length),
			'',
			'',
		];
		return [Buffer.from(head.join(CRLF)), bytes, Buffer.from(CRLF)];
	});
	return Buffer.concat([...written, Buffer.from(`--${boundary}--${CRLF}`)]);
}
