import { ALPHANUMERIC, CLOSE, percent, random, utf8, type SenderStyle } from './style';

/** Like a browser's FormData. */
export const plain: SenderStyle = {
	types: {
		json: 'application/json;charset=UTF-8',
		urlencoded: 'application/x-www-form-urlencoded;charset=UTF-8',
		multipart: 'multipart/form-data; boundary=',
	},
	boundary: () => `----WebKitFormBoundary${random(ALPHANUMERIC, 16)}`,
	part: {
		headers: (kind) => (kind === 'json' ? ['Content-Type: application/json'] : []),
		bytes: utf8,
		quote: percent,
	},
	urlencoded: (form) => form,
	chunked: [],
	headers: ({ host, type, length, own }) => [...type, length, ...own, host, CLOSE],
	expectsAbove: Infinity,
};
