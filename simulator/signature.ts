import { createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SignatureVerdict } from './types';

const NAMES = [
	'microesim-account',
	'microesim-nonce',
	'microesim-timestamp',
	'microesim-sign',
] as const;
const ALLOWED_SKEW_MS = 5 * 60_000;
const NONCE_MEMORY_MS = 3_600_000;

export interface Account {
	account: string;
	secret: string;
	/** Hexadecimal. */
	salt: string;
}

/** The 64 characters that key every signature of an account (API document, section 4). */
export function signingKey({ secret, salt }: Account): string {
	return pbkdf2Sync(secret, Buffer.from(salt, 'hex'), 1024, 32, 'sha256').toString('hex');
}

/** MICROESIM-SIGN for the other three headers, lower-case hexadecimal (API document, section 4). */
export function signatureOf(
	key: string,
	account: string,
	nonce: string,
	timestamp: string,
): string {
	return createHmac('sha256', key)
		.update(account + nonce + timestamp)
		.digest('hex');
}

/** Checks requests of one account and remembers their nonces. */
export class SignatureCheck {
	private readonly key: string;

	private readonly seen = new Map<string, number>();

	constructor(private readonly owner: Account) {
		this.key = signingKey(owner);
	}

	/**
	 * Judges the raw header list (name, value, name, value …) of a request that arrived at `now`.
	 * `now` is the computer's clock in ms, not the simulator's: clients sign with theirs, however far a test moved ours.
	 */
	check(rawHeaders: readonly string[], now: number): SignatureVerdict {
		const values = NAMES.map((name) => valuesOf(rawHeaders, name));
		if (values.some((found) => found.length > 1)) return 'headerRepeated';
		const [account, nonce, timestamp, sign] = values.map((found) => found[0] ?? '') as [
			string,
			string,
			string,
			string,
		];
		if (!account || !nonce || !timestamp || !sign) return 'headerMissing';
		if (nonce.length < 6 || nonce.length > 32) return 'badNonce';
		if (!/^\d{13}$/.test(timestamp)) return 'badTimestamp';
		if (Math.abs(now - Number(timestamp)) > ALLOWED_SKEW_MS) return 'clockSkew';
		if (account !== this.owner.account) return 'unknownAccount';
		if (!equal(sign, signatureOf(this.key, account, nonce, timestamp))) return 'wrongSign';
		return this.remember(nonce, now) ? 'valid' : 'replayedNonce';
	}

	/** The four headers for something the simulator sends itself. Its nonces are not seeded, or a restart would repeat them. */
	headers(now: number): Record<string, string> {
		const nonce = randomBytes(10).toString('hex');
		const timestamp = String(now);
		const sign = signatureOf(this.key, this.owner.account, nonce, timestamp);
		return {
			'MICROESIM-ACCOUNT': this.owner.account,
			'MICROESIM-NONCE': nonce,
			'MICROESIM-TIMESTAMP': timestamp,
			'MICROESIM-SIGN': sign,
		};
	}

	private remember(nonce: string, now: number): boolean {
		for (const [old, time] of this.seen) {
			if (now - time < NONCE_MEMORY_MS) break;
			this.seen.delete(old);
		}
		if (this.seen.has(nonce)) return false;
		this.seen.set(nonce, now);
		return true;
	}
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
	return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}

function equal(given: string, wanted: string): boolean {
	const a = Buffer.from(given);
	const b = Buffer.from(wanted);
	return a.length === b.length && timingSafeEqual(a, b);
}
