import { randomBytes } from 'node:crypto';
import type { PartStyle } from '../multipart';
import type { PushSettings } from '../types';

export type Header = readonly [name: string, value: string];

/** What the header lines of a push are made from. */
export interface HeaderParts {
	host: Header;
	/** Content-Type; none when the push has none. */
	type: Header[];
	/** Content-Length or Transfer-Encoding. */
	length: Header;
	/** What this push adds, for example its signature. */
	own: Header[];
}

/**
 * One client's way to send a push. Bytes and header order were captured from Spring 4.3.30, Apache HttpClient 4.5.14,
 * OkHttp 3.13.1 and PHP 8.2 with libcurl 7.88; what the named newer versions do otherwise is from their sources.
 */
export interface SenderStyle {
	/** Content-Type of each encoding but multipart, whose boundary is appended to `multipart`. */
	types: Record<'json' | 'urlencoded' | 'multipart', string>;
	boundary(): string;
	part: PartStyle;
	/** From what every client writes alike to what this one does. */
	urlencoded(form: string): string;
	/** Encodings sent in chunks; the others say their length. */
	chunked: ReadonlyArray<PushSettings['encoding']>;
	headers(parts: HeaderParts): Header[];
	/** Asks with "Expect: 100-continue" before it sends a body longer than this. */
	expectsAbove: number;
}

/** There is one connection per push, whatever the client would say by itself. */
export const CLOSE: Header = ['Connection', 'close'];

export const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** So many random characters of an alphabet. */
export const random = (alphabet: string, length: number) =>
	[...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** Quotes a name as browsers do. */
export const percent = (name: string) =>
	name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string) => Buffer.from(text);
