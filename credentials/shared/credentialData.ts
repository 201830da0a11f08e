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

/** All that is read of a credential. */
const FIELDS = [
	'environment',
	'baseUrl',
	'account',
	'secret',
	'salt',
	'bodyFormat',
	'urlToken',
] as const;

type Raw = Readonly<Record<string, unknown>>;

/** Those that were right, by all that was read of them: n8n hands each request a copy of its own. */
const known = new Map<string, Readonly<MicroesimCredential>>();
const KNOWN_CREDENTIALS = 16;

/** The one that was read last: mostly the next one is the same, and need not be looked for. */
let last: { raw: Raw; credential: Readonly<MicroesimCredential> } | undefined;

/** What was read is kept apart: whoever changes a credential in place has another one. */
const readOf = (raw: Raw): Raw => Object.fromEntries(FIELDS.map((field) => [field, raw[field]]));

/**
 * Checks a credential before anything is signed with it.
 *
 * @param raw the decrypted credential, as n8n hands it over
 * @returns the credential, trimmed of what copying leaves behind
 * @throws Error with a sentence for people, naming the field that is wrong
 */
export function readCredential(raw: Raw): Readonly<MicroesimCredential> {
	const before = last;
	if (before && FIELDS.every((field) => before.raw[field] === raw[field])) return before.credential;
	const id = JSON.stringify(FIELDS.map((field) => raw[field]));
	const credential = known.get(id) ?? check(raw);
	known.set(id, credential);
	dropOldest(known, KNOWN_CREDENTIALS);
	last = { raw: readOf(raw), credential };
	return credential;
}

function check(raw: Raw): MicroesimCredential {
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
