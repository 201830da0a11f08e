import { resolveBaseUrl, type Environment } from './baseUrl';
import { cleanText } from './cleanText';

/** The credential as n8n stores it: the names are part of users' saved data. */
export interface MicroesimCredential {
	environment: Environment;
	/** Used with the environment `custom` only. */
	baseUrl: string;
	account: string;
	secret: string;
	/** Hexadecimal, as MicroeSIM hands it out. */
	salt: string;
	bodyFormat: 'multipart' | 'urlencoded';
}

const REQUIRED = [
	['account', 'Account'],
	['secret', 'Secret'],
	['salt', 'Salt'],
] as const;

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';

/**
 * Checks a credential before anything is signed with it.
 *
 * @param raw the decrypted credential, as n8n hands it over
 * @returns the credential, trimmed of what copying leaves behind
 * @throws Error with a sentence for people, naming the field that is wrong
 */
export function readCredential(raw: Readonly<Record<string, unknown>>): MicroesimCredential {
	const credential: MicroesimCredential = {
		environment: (raw.environment ?? 'production') as Environment,
		baseUrl: text(raw.baseUrl),
		account: text(raw.account),
		secret: text(raw.secret),
		salt: text(raw.salt),
		bodyFormat: raw.bodyFormat === 'urlencoded' ? 'urlencoded' : 'multipart',
	};
	for (const [field, label] of REQUIRED) {
		if (credential[field] === '') {
			throw new Error(
				`The field "${label}" of the MicroeSIM API credential is empty. Copy it from the data MicroeSIM gave you.`,
			);
		}
	}
	checkSalt(credential.salt);
	resolveBaseUrl(credential);
	return credential;
}

function checkSalt(salt: string): void {
	if (!/^[0-9a-fA-F]+$/.test(salt)) {
		throw new Error(
			'The field "Salt" of the MicroeSIM API credential may hold only hexadecimal characters (0-9, a-f). Copy it again, without quotes or spaces.',
		);
	}
	if (salt.length % 2 !== 0) {
		throw new Error(
			`The field "Salt" of the MicroeSIM API credential has an odd number of characters (${salt.length}). One was probably lost while copying.`,
		);
	}
}
