import { resolveBaseUrl, type Environment } from './baseUrl';
import { cleanText } from './cleanText';
import { dropOldest } from './dropOldest';

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
	/** The secret that callback addresses carry; "" where none is asked for. */
	urlToken: string;
}

const REQUIRED = [
	['account', 'Account'],
	['secret', 'Secret'],
	['salt', 'Salt'],
] as const;

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';

/** Those that were right, by all that was read of them: n8n hands each request a copy of its own. */
const known = new Map<string, Readonly<MicroesimCredential>>();
const KNOWN_CREDENTIALS = 16;

/**
 * Checks a credential before anything is signed with it.
 *
 * @param raw the decrypted credential, as n8n hands it over
 * @returns the credential, trimmed of what copying leaves behind
 * @throws Error with a sentence for people, naming the field that is wrong
 */
export function readCredential(
	raw: Readonly<Record<string, unknown>>,
): Readonly<MicroesimCredential> {
	const { environment, baseUrl, account, secret, salt, bodyFormat, urlToken } = raw;
	const id = JSON.stringify([environment, baseUrl, account, secret, salt, bodyFormat, urlToken]);
	const before = known.get(id);
	if (before) return before;
	const credential = check(raw);
	known.set(id, credential);
	dropOldest(known, KNOWN_CREDENTIALS);
	return credential;
}

function check(raw: Readonly<Record<string, unknown>>): MicroesimCredential {
	const credential: MicroesimCredential = {
		environment: (raw.environment ?? 'production') as Environment,
		baseUrl: text(raw.baseUrl),
		account: text(raw.account),
		secret: text(raw.secret),
		salt: text(raw.salt),
		bodyFormat: raw.bodyFormat === 'urlencoded' ? 'urlencoded' : 'multipart',
		urlToken: text(raw.urlToken),
	};
	for (const [field, label] of REQUIRED) {
		if (credential[field] === '') {
			throw new Error(
				`The field "${label}" of the MicroeSIM API credential is empty. Copy it from the data MicroeSIM gave you.`,
			);
		}
	}
	checkAccount(credential.account);
	checkSalt(credential.salt);
	checkUrlToken(credential.urlToken);
	resolveBaseUrl(credential);
	return credential;
}

/** The account travels in a header of HTTP, which takes no other letters. */
function checkAccount(account: string): void {
	if (!/^[\x20-\x7e]+$/.test(account)) {
		throw new Error(
			'The field "Account" of the MicroeSIM API credential may hold only Latin letters, digits and signs as on an English keyboard. Copy it again from the data MicroeSIM gave you: letters of other alphabets can look alike.',
		);
	}
}

/** Everything else is changed on its way through forms, mails and addresses. */
function checkUrlToken(urlToken: string): void {
	if (!/^[0-9a-zA-Z]*$/.test(urlToken)) {
		throw new Error(
			'The field "URL Token" of the MicroeSIM API credential may hold only letters (a-z, A-Z) and digits. Open the address of a MicroeSIM Trigger in a browser: it shows a random one.',
		);
	}
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
