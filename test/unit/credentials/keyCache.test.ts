import type * as Crypto from 'crypto';
import { pbkdf2 } from 'crypto';

import { deriveKey } from '../../../credentials/shared/signature';
import { referenceKey } from '../support/referenceSigner';

jest.mock('crypto', () => {
	const real = jest.requireActual<typeof Crypto>('crypto');
	return { ...real, pbkdf2: jest.fn(real.pbkdf2) };
});

const derivations = jest.mocked(pbkdf2);
const owner = (number: number) => ({ account: 'a', secret: `secret ${number}`, salt: '00ff' });

beforeEach(() => derivations.mockClear());

describe('the memory of signing keys', () => {
	it('derives a key once, however often and at once it is wanted', async () => {
		const wanted = { account: 'a', secret: 'once', salt: 'ABCDEF' };
		const keys = await Promise.all(Array.from({ length: 50 }, async () => await deriveKey(wanted)));
		await deriveKey({ ...wanted, account: 'another account', salt: 'abcdef' });
		expect(new Set(keys)).toEqual(new Set([referenceKey('once', 'abcdef')]));
		expect(derivations).toHaveBeenCalledTimes(1);
	});

	it('is bounded: a key that was not used for long is derived again', async () => {
		for (let number = 0; number < 100; number++) await deriveKey(owner(number));
		expect(derivations).toHaveBeenCalledTimes(100);
		await deriveKey(owner(99));
		expect(derivations).toHaveBeenCalledTimes(100);
		await deriveKey(owner(0));
		expect(derivations).toHaveBeenCalledTimes(101);
	});

	it('keeps the key that is used all the time, whatever else passes by', async () => {
		const busy = { account: 'a', secret: 'busy', salt: '01' };
		await deriveKey(busy);
		for (let number = 200; number < 260; number++) {
			await deriveKey(owner(number));
			await deriveKey(busy);
		}
		expect(derivations).toHaveBeenCalledTimes(61);
	});

	it('gives every one of many accounts its own key, also when they run at once', async () => {
		const numbers = Array.from({ length: 120 }, (_, index) => (index * 7) % 40);
		const keys = await Promise.all(numbers.map(async (number) => await deriveKey(owner(number))));
		expect(keys).toEqual(numbers.map((number) => referenceKey(`secret ${number}`, '00ff')));
	});

	it('does not remember a failure', async () => {
		const wanted = { account: 'a', secret: 'unlucky', salt: '02' };
		derivations.mockImplementationOnce((_secret, _salt, _rounds, _length, _digest, done) =>
			done(new Error('out of memory'), Buffer.alloc(0)),
		);
		await expect(deriveKey(wanted)).rejects.toThrow('out of memory');
		expect(await deriveKey(wanted)).toBe(referenceKey('unlucky', '02'));
	});
});
