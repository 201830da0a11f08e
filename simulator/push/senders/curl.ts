import { randomBytes } from 'node:crypto';
import { plain } from './plain';
import type { SenderStyle } from './style';

/** PHP's: no User-Agent, and no word about the connection, which it closes itself. */
export const curl: SenderStyle = {
	...plain,
	types: {
		json: 'application/json',
		urlencoded: 'application/x-www-form-urlencoded',
		multipart: 'multipart/form-data; boundary=',
	},
	boundary: () => `------------------------${randomBytes(8).toString('hex')}`,
	urlencoded: (form) => form.replace(/\*/g, '%2A').replace(/%7E/g, '~'),
	headers: ({ host, type, length, own }) => [host, ['Accept', '*/*'], ...own, length, ...type],
	expectsAbove: 1024 * 1024,
};
