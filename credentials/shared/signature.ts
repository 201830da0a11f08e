import { createHmac, hash, pbkdf2, randomUUID } from 'crypto';

import { dropOldest } from './dropOldest';

/** What a signature is made from; the salt in hexadecimal. */
export interface SigningSecrets {
	account: string;
	secret: string;
	salt: string;
}

/** The four headers of the API document, section 2 "Public request header". */
export type SignatureHeaders = Record<(typeof SIGNATURE_HEADERS)[number], string>;

export const SIGNATURE_HEADERS = [
	'MICROESIM-ACCOUNT',
	'MICROESIM-NONCE',
	'MICROESIM-TIMESTAMP',
	'MICROESIM-SIGN',
] as const;

const ITERATIONS = 1024;
const KEY_BYTES = 32;
const CACHED_KEYS = 16;

const keys = new Map<string, Promise<string>>();

/** The key that was asked for last: mostly the next one is the same, and need not be looked for. */
let last: { secret: string; salt: string; key: Promise<string> } | undefined;

const derive = async (secret: string, salt: string) =>
	await new Promise<string>((resolve, reject) => {
		pbkdf2(secret, Buffer.from(salt, 'hex'), ITERATIONS, KEY_BYTES, 'sha256', (error, bytes) =>
			error ? reject(error) : resolve(bytes.toString('hex')),
		);
	});

/**
 * The signing key of an account: PBKDF2-HMAC-SHA256 of the secret, 1024 rounds, off the event loop.
 * The last few keys are kept in memory, because deriving one for each request is slow on purpose.
 *
 * @returns 64 lower-case hexadecimal characters
 * @see API document, section 3 "Authentication Process"
 */
export async function deriveKey({ secret, salt }: SigningSecrets): Promise<string> {
	if (last?.secret === secret && last.salt === salt) return await last.key;
	const id = JSON.stringify([secret, salt.toLowerCase()]);
	let key = keys.get(id);
	if (!key) {
		key = derive(secret, salt);
		key.catch(() => {
			keys.delete(id);
			if (last?.key === key) last = undefined;
		});
	}
	keys.delete(id);
	keys.set(id, key);
	dropOldest(keys, CACHED_KEYS);
	last = { secret, salt, key };
	return await key;
}

/**
 * The signature of one nonce at one time. It covers neither path nor body: the API defines it so.
 *
 * @param nonce 6 to 32 characters, never used before
 * @param timestamp milliseconds since 1970, 13 digits
 * @returns 64 lower-case hexadecimal characters
 * @see API document, section 4 "Signature Generation Method"
 */
export async function sign(
	secrets: SigningSecrets,
	nonce: string,
	timestamp: string,
): Promise<string> {
	return signWith(await deriveKey(secrets), secrets.account + nonce + timestamp);
}

const signWith = (key: string, text: string): string =>
	createHmac('sha256', key).update(text).digest('hex');

/** A nonce of ours is random, and ends with a mark that only who has the secret can make: together 32 characters. */
const RANDOM_LENGTH = 20;
const MARK_LENGTH = 12;

/** Key and text have one length each, and most of the hash is not shown: nothing can be appended, and no HMAC is needed. */
const markOf = (key: string, random: string): string =>
	hash('sha256', `${key} a nonce of n8n ${random}`).slice(0, MARK_LENGTH);

/** 74 random bits, of a UUID, because Node draws those many at a time. */
function newNonce(key: string): string {
	const random = randomUUID().replaceAll('-', '').slice(0, RANDOM_LENGTH);
	return random + markOf(key, random);
}

/** Whether a nonce was made here, by this process or another one: headers with it are those of a request of ours. */
export async function isOwnNonce(secrets: SigningSecrets, nonce: string): Promise<boolean> {
	const random = nonce.slice(0, RANDOM_LENGTH);
	return nonce === random + markOf(await deriveKey(secrets), random);
}

/** Headers for one request, with a nonce of their own: never reuse them for a second one. */
export async function signatureHeaders(secrets: SigningSecrets): Promise<SignatureHeaders> {
	const key = await deriveKey(secrets);
	const nonce = newNonce(key);
	const timestamp = String(Date.now());
	return {
		'MICROESIM-ACCOUNT': secrets.account,
		'MICROESIM-NONCE': nonce,
		'MICROESIM-TIMESTAMP': timestamp,
		'MICROESIM-SIGN': signWith(key, secrets.account + nonce + timestamp),
	};
}
