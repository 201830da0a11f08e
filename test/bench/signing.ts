/**
 * What n8n does before each request: the credential's `authenticate` with warm keys, against a bare nonce and HMAC.
 *
 *   npm run bench -- signing [requests]
 */
import { createHmac, randomBytes } from 'node:crypto';

import { MicroesimApi } from '../inside';
import { figuresOf, inWords } from './support/figures';
import { paired } from './support/paired';
import { isSmoke, report } from './support/report';
import { timed } from './support/timed';

const REQUESTS = Number(process.argv[2] ?? 100_000);
const REPEATS = isSmoke ? 1 : 9;
const ALLOWED_US = 8;

const api = new MicroesimApi();
const credential = {
	environment: 'custom',
	baseUrl: 'http://127.0.0.1:8080',
	account: 'bench-account',
	secret: 'bench-secret',
	salt: '0123456789abcdef',
	bodyFormat: 'multipart',
	urlToken: '',
};
const key = randomBytes(32).toString('hex');

/** Runs it so often, one after another. @returns microseconds each */
async function each(work: () => unknown): Promise<number> {
	const milliseconds = await timed(async () => {
		for (let request = 0; request < REQUESTS; request++) await work();
	});
	return (milliseconds * 1000) / REQUESTS;
}

/** n8n decrypts the credential anew for each execution, and each request has headers of its own. */
const authenticate = async () => {
	const { headers } = await api.authenticate(
		{ ...credential },
		{ url: '/', headers: { accept: 'application/json' } },
	);
	const signature = headers?.['MICROESIM-SIGN'];
	if (typeof signature !== 'string' || signature.length !== 64) throw new Error('Not signed');
};

const bare = () => {
	const nonce = randomBytes(16).toString('hex');
	createHmac('sha256', key).update(`account${nonce}${Date.now()}`).digest('hex');
};

async function main(): Promise<void> {
	const { ours, theirs } = await paired(
		{ ours: async () => await each(authenticate), theirs: async () => await each(bare) },
		REPEATS,
	);
	const [ourFigures, theirFigures] = [figuresOf(ours), figuresOf(theirs)];
	report({
		work: `Signing: headers of a warm request in authenticate, ${REQUESTS} requests`,
		against: 'a bare nonce and HMAC',
		measured: `${inWords(ourFigures, 'µs', 1)} to ${inWords(theirFigures, 'µs', 1)}`,
		target: `≤ ${ALLOWED_US} µs`,
		reached: ourFigures.median <= ALLOWED_US,
	});
}

void main();
