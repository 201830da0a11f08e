import fc from 'fast-check';

import { readCredential } from '../../../credentials/shared/credentialData';

const good = {
	environment: 'production',
	baseUrl: '',
	account: 'acct',
	secret: 'secret',
	salt: '00ffAA',
	bodyFormat: 'multipart',
	urlToken: '',
};

describe('a stored credential', () => {
	it('comes out as it was stored when nothing is wrong', () => {
		expect(readCredential({ ...good, bodyFormat: 'urlencoded' })).toEqual({
			...good,
			bodyFormat: 'urlencoded',
		});
	});

	it('means production and form data when it was saved without those fields', () => {
		const { account, secret, salt } = good;
		expect(readCredential({ account, secret, salt })).toEqual(good);
	});

	it('ignores what n8n adds to it', () => {
		expect(
			readCredential({ ...good, allowedHttpRequestDomains: 'all', allowedDomains: '' }),
		).toEqual(good);
	});

	it.each(['account', 'secret', 'salt'])(
		'loses the spaces that copying left around its %s',
		(field) => {
			const value = good[field as 'account'];
			expect(readCredential({ ...good, [field]: ` \u00a0\t${value}\r\n ` })).toEqual(good);
		},
	);

	it.each(['account', 'secret', 'salt'])(
		'loses, or refuses, invisible characters that copying left in its %s',
		(field) => {
			const value = good[field as 'account'];
			let read: unknown;
			try {
				read = readCredential({ ...good, [field]: `\u200b${value}\u200b` });
			} catch (error) {
				expect((error as Error).message.toLowerCase()).toContain(`"${field}"`);
				return;
			}
			expect(read).toEqual(good);
		},
	);

	it.each(['müller', 'аcct', 'ACCT–1', '帐户', 'a\u0000b'])(
		'is refused in a sentence when its account is "%s", which no header can carry',
		(account) => {
			expect(() => readCredential({ ...good, account })).toThrow(
				/field "Account".*Latin letters.*Copy it again/,
			);
		},
	);

	it.each(['a b', 'a-b', 'a&b', 'tokén', 'a%20b'])(
		'is refused when its URL Token is "%s"',
		(urlToken) => {
			expect(() => readCredential({ ...good, urlToken })).toThrow(/field "URL Token".*digits/);
		},
	);

	it.each([
		['account', 'Account'],
		['secret', 'Secret'],
		['salt', 'Salt'],
	])('is refused by the name of the field when its %s is empty', (field, label) => {
		for (const empty of ['', '   ', '\n', undefined, null]) {
			expect(() => readCredential({ ...good, [field]: empty })).toThrow(
				`The field "${label}" of the MicroeSIM API credential is empty`,
			);
		}
	});

	it.each(['xyz1', '0x00ff', '00 ff', '00:ff', '"00ff"', 'ｆｆ'])(
		'is refused when its salt is not hexadecimal: %s',
		(salt) => {
			expect(() => readCredential({ ...good, salt })).toThrow(
				'may hold only hexadecimal characters',
			);
		},
	);

	it.each(['a', 'abc', '00112233445566778899aabbccddeef'])(
		'is refused when its salt has an odd length: %s',
		(salt) => {
			expect(() => readCredential({ ...good, salt })).toThrow(
				`odd number of characters (${salt.length})`,
			);
		},
	);

	it('is refused when its custom address cannot be used', () => {
		expect(() =>
			readCredential({ ...good, environment: 'custom', baseUrl: 'www.microesim.top' }),
		).toThrow('"Base URL"');
		expect(() => readCredential({ ...good, environment: 'custom', baseUrl: undefined })).toThrow(
			'"Base URL"',
		);
	});

	it('never tells its secret or its salt in an error', () => {
		const secrets = { secret: 'TopSecretWord', salt: 'zz-salt-zz' };
		const broken = [
			{ salt: secrets.salt },
			{ account: '' },
			{ environment: 'nowhere' },
			{ environment: 'custom' },
			{ salt: 'abcdefabc' },
		];
		for (const fault of broken) {
			let message = '';
			try {
				readCredential({ ...good, ...secrets, salt: 'abcdefabcd', ...fault });
			} catch (error) {
				message = (error as Error).message;
			}
			expect(message).not.toBe('');
			expect(message).not.toContain('TopSecretWord');
			expect(message).not.toContain('zz-salt-zz');
			expect(message).not.toContain('abcdefabc');
		}
	});

	it('never breaks with anything but a sentence, whatever types its fields have', () => {
		const value = fc.oneof(
			fc.string(),
			fc.double(),
			fc.boolean(),
			fc.constantFrom(null, undefined),
			fc.array(fc.string()),
		);
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...Object.keys(good)), value), (fields) => {
				try {
					readCredential({ ...good, ...fields });
				} catch (error) {
					expect((error as Error).message).toMatch(
						/^The field "[A-Z][A-Za-z ]+" of the MicroeSIM API credential /,
					);
				}
			}),
		);
	});
});
