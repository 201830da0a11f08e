import { createHmac, pbkdf2Sync } from 'node:crypto';

/** The recipe of the API document once more, from Node's synchronous functions and from bytes. */
export function referenceKey(secret: string, saltHex: string): string {
	const salt = Uint8Array.from(saltHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
	return Array.from(pbkdf2Sync(Buffer.from(secret, 'utf8'), salt, 1024, 32, 'sha256'), (byte) =>
		byte.toString(16).padStart(2, '0'),
	).join('');
}

export function referenceSign(
	owner: { account: string; secret: string; salt: string },
	nonce: string,
	timestamp: string,
): string {
	const key = Buffer.from(referenceKey(owner.secret, owner.salt), 'ascii');
	return createHmac('sha256', key)
		.update(Buffer.from(`${owner.account}${nonce}${timestamp}`, 'utf8'))
		.digest('hex');
}
