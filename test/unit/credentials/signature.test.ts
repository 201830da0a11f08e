import fc from 'fast-check';

import {
	deriveKey,
	sign,
	SIGNATURE_HEADERS,
	signatureHeaders,
} from '../../../credentials/shared/signature';
import vectors from '../../fixtures/signature.json';
import { saltHex } from '../support/arbitraries';
import { referenceKey, referenceSign } from '../support/referenceSigner';

describe('the signing recipe', () => {
	it.each(vectors)('gives the known answers: $name', async (vector) => {
		const owner = { account: vector.account, secret: vector.secret, salt: vector.saltHex };
		expect(await deriveKey(owner)).toBe(vector.derivedKeyHex);
		expect(await sign(owner, vector.nonce, vector.timestamp)).toBe(vector.sign);
	});

	it('agrees with a second signer for any account, secret, salt, nonce and time', async () => {
		const owners = fc.record({
			account: fc.string({ unit: 'grapheme' }),
			secret: fc.string({ unit: 'grapheme' }),
			salt: saltHex,
		});
		const times = fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 }).map(String);
		const nonces = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 32 });
		await fc.assert(
			fc.asyncProperty(owners, nonces, times, async (owner, nonce, time) => {
				expect(await sign(owner, nonce, time)).toBe(referenceSign(owner, nonce, time));
			}),
			{ numRuns: 60 },
		);
	});

	it('treats a salt in capitals as the same bytes', async () => {
		const owner = { account: 'a', secret: 's', salt: 'C38AB89B' };
		expect(await deriveKey(owner)).toBe(referenceKey('s', 'c38ab89b'));
		expect(await deriveKey({ ...owner, salt: 'c38ab89b' })).toBe(referenceKey('s', 'c38ab89b'));
	});

	it('does not confuse pairs of secret and salt that read the same when joined', async () => {
		expect(await deriveKey({ account: 'a', secret: 'ab', salt: 'cd' })).toBe(
			referenceKey('ab', 'cd'),
		);
		expect(await deriveKey({ account: 'a', secret: 'abcd', salt: 'cd' })).toBe(
			referenceKey('abcd', 'cd'),
		);
		expect(await deriveKey({ account: 'a', secret: 'ab","cd', salt: 'cd' })).toBe(
			referenceKey('ab","cd', 'cd'),
		);
	});
});

describe('the headers of a request', () => {
	const owner = { account: 'acct', secret: 'secret', salt: '00112233' };

	it('are the four of the document, and their signature is right', async () => {
		const headers = await signatureHeaders(owner);
		expect(Object.keys(headers).sort()).toEqual([
			'MICROESIM-ACCOUNT',
			'MICROESIM-NONCE',
			'MICROESIM-SIGN',
			'MICROESIM-TIMESTAMP',
		]);
		expect([...SIGNATURE_HEADERS].sort()).toEqual(Object.keys(headers).sort());
		expect(headers['MICROESIM-ACCOUNT']).toBe('acct');
		expect(headers['MICROESIM-SIGN']).toBe(
			referenceSign(owner, headers['MICROESIM-NONCE'], headers['MICROESIM-TIMESTAMP']),
		);
	});

	it('carry the time in milliseconds, 13 digits', async () => {
		const before = Date.now();
		const time = (await signatureHeaders(owner))['MICROESIM-TIMESTAMP'];
		expect(time).toMatch(/^\d{13}$/);
		expect(Number(time)).toBeGreaterThanOrEqual(before);
		expect(Number(time)).toBeLessThanOrEqual(Date.now());
	});

	it('have a nonce of 6 to 32 plain characters, never the same twice', async () => {
		const all = await Promise.all(
			Array.from({ length: 500 }, async () => await signatureHeaders(owner)),
		);
		const nonces = all.map((headers) => headers['MICROESIM-NONCE']);
		expect(new Set(nonces).size).toBe(500);
		for (const nonce of nonces) expect(nonce).toMatch(/^[0-9A-Za-z]{6,32}$/);
	});

	it('never hold the secret, the salt or the key', async () => {
		const text = JSON.stringify(await signatureHeaders({ ...owner, secret: 'TopSecretWord' }));
		expect(text).not.toContain('TopSecretWord');
		expect(text).not.toContain(owner.salt);
		expect(text).not.toContain(referenceKey('TopSecretWord', owner.salt));
	});
});
