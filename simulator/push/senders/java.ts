import { randomBytes, randomUUID } from 'node:crypto';
import { plain } from './plain';
import { ALPHANUMERIC, CLOSE, percent, random, utf8, type SenderStyle } from './style';

const javaBoundary = () => random(`-_${ALPHANUMERIC}`, 30 + (randomBytes(1)[0]! % 11));

const backslash = (name: string) => name.replace(/["\\]/g, '\\$&');

/** Java writes "?" for what the charset lacks. */
const latin1 = (text: string) => Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1');

/** Spring 6.1 on the JDK's own connection, given a MultiValueMap or an object. */
export const restTemplate: SenderStyle = {
	...plain,
	types: {
		json: 'application/json',
		urlencoded: 'application/x-www-form-urlencoded;charset=UTF-8',
		multipart: 'multipart/form-data;boundary=',
	},
	boundary: javaBoundary,
	part: {
		// an object is written by Jackson, which does not know the length beforehand
		headers: (kind, length) =>
			kind === 'json'
				? ['Content-Type: application/json']
				: ['Content-Type: text/plain;charset=UTF-8', `Content-Length: ${length}`],
		bytes: utf8,
		quote: backslash,
	},
	chunked: ['json', 'multipart', 'multipartJson'],
	headers: ({ host, type, length, own }) => [
		['Accept', 'text/plain, application/json, application/*+json, */*'],
		...type,
		...own,
		['User-Agent', 'Java/17.0.15'],
		host,
		CLOSE,
		length,
	],
};

/** Apache HttpClient 4.5 with MultipartEntityBuilder.addTextBody. */
export const httpClient: SenderStyle = {
	...plain,
	types: {
		json: 'application/json; charset=UTF-8',
		urlencoded: 'application/x-www-form-urlencoded; charset=UTF-8',
		multipart: 'multipart/form-data; boundary=',
	},
	boundary: javaBoundary,
	part: {
		headers: (kind) => [
			`Content-Type: ${kind === 'json' ? 'application/json; charset=UTF-8' : 'text/plain; charset=ISO-8859-1'}`,
			'Content-Transfer-Encoding: 8bit',
		],
		bytes: (text, kind) => (kind === 'json' ? utf8(text) : latin1(text)),
		quote: backslash,
	},
	headers: ({ host, type, length, own }) => [
		...own,
		length,
		...type,
		host,
		CLOSE,
		['User-Agent', 'Apache-HttpClient/4.5.14 (Java/17.0.15)'],
		['Accept-Encoding', 'gzip,deflate'],
	],
};

/** OkHttp 4.12, each part a RequestBody with a type. */
export const okHttp: SenderStyle = {
	...plain,
	types: {
		json: 'application/json; charset=utf-8',
		urlencoded: 'application/x-www-form-urlencoded',
		multipart: 'multipart/form-data; boundary=',
	},
	boundary: randomUUID,
	part: {
		headers: (kind, length) => [
			`Content-Type: ${kind === 'json' ? 'application/json' : 'text/plain'}; charset=utf-8`,
			`Content-Length: ${length}`,
		],
		bytes: utf8,
		quote: percent,
	},
	urlencoded: (form) => form.replace(/\+/g, '%20'),
	headers: ({ host, type, length, own }) => [
		...own,
		...type,
		length,
		host,
		CLOSE,
		['Accept-Encoding', 'gzip'],
		['User-Agent', 'okhttp/4.12.0'],
	],
};
