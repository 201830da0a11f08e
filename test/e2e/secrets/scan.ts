import { createHmac, pbkdf2Sync } from 'node:crypto';

import type { Simulator } from '../../../simulator';
import { bytesOf, Unfolding } from './unfold';
import type { Wire } from './wire';

/** Something that is kept somewhere. */
export interface Kept {
	/** Where, for people. */
	where: string;
	value: string | Buffer;
}

/** A secret that was found. */
export interface Found {
	where: string;
	what: string;
	/** As what it was read, for example "base64, JSON"; "plain" as it is. */
	as: string;
}

/** What must be nowhere. */
export interface Secrets {
	/** Name and text. */
	texts: Array<[string, string]>;
	/** What was sent in the headers of requests, hexadecimal, 20 characters and more: text and name. */
	sent: Map<string, string>;
}

const NONCE = 'MICROESIM-NONCE';
const SIGN = 'MICROESIM-SIGN';
const TIMESTAMP = 'MICROESIM-TIMESTAMP';

type Account = Pick<Simulator, 'account' | 'secret' | 'salt'>;

/** What the signatures of an account are made with (API document, section 3). */
export const keyOf = ({ secret, salt }: Account): string =>
	pbkdf2Sync(secret, Buffer.from(salt, 'hex'), 1024, 32, 'sha256').toString('hex');

/**
 * What must be nowhere of an account: its secret, its salt, the key that is made of both, the token, and each nonce
 * and signature that went over the wire.
 *
 * @throws Error where no signature on the wire is made by that key: then it is not the key that is used
 */
export function secretsOf(
	owner: Account,
	urlToken: string,
	wires: Array<Pick<Wire, 'seen'>>,
): Secrets {
	const { account, secret, salt } = owner;
	const key = keyOf(owner);
	const sent = new Map<string, string>();
	let isKey = false;
	for (const headers of wires.flatMap(({ seen }) => seen)) {
		const header = (name: string) => String(headers[name.toLowerCase()]);
		if (headers[SIGN.toLowerCase()] === undefined) continue;
		const [nonce, sign] = [header(NONCE), header(SIGN)];
		if (!/^[0-9a-f]{20,}$/.test(nonce)) throw new Error(`"${nonce}" is no nonce of ours.`);
		const made = createHmac('sha256', key).update(account + nonce + header(TIMESTAMP));
		isKey ||= made.digest('hex') === sign;
		sent.set(nonce, NONCE).set(sign, SIGN);
	}
	if (!isKey) throw new Error('The requests are signed with another key.');
	const texts: Secrets['texts'] = [
		['secret', secret],
		['salt', salt.toLowerCase()],
		['salt', salt.toUpperCase()],
		['derived key', key],
		['derived key', key.toUpperCase()],
		['URL token', urlToken],
	];
	return { texts: texts.map(([name, text]) => [name, bytesOf(text)]), sent };
}

/** Looks through everything. @returns what was found, each once for a place */
export async function scan(
	kept: AsyncIterable<Kept> | Iterable<Kept>,
	secrets: Secrets,
): Promise<{ found: Found[]; places: number; bytes: number }> {
	const found = new Map<string, Found>();
	const unfolding = new Unfolding();
	const lengths = new Set([...secrets.sent.keys()].map(({ length }) => length));
	let [places, bytes] = [0, 0];
	for await (const { where, value } of kept) {
		places++;
		bytes += value.length;
		unfolding.visit(bytesOf(value), ({ by, text }) => {
			const names = [...namesIn(text, secrets, lengths)];
			const as = by.join(', ') || 'plain';
			for (const what of names) found.set(JSON.stringify([where, what]), { where, what, as });
			return names.length > 0;
		});
	}
	return { found: [...found.values()], places, bytes };
}

function* namesIn(text: string, { texts, sent }: Secrets, lengths: Set<number>): Generator<string> {
	for (const [name, secret] of texts) if (text.includes(secret)) yield name;
	for (const [run] of text.matchAll(/[0-9a-f]{20,}/gi)) {
		const lower = run.toLowerCase();
		for (const length of lengths) {
			for (let from = 0; from + length <= lower.length; from++) {
				const name = sent.get(lower.slice(from, from + length));
				if (name !== undefined) yield name;
			}
		}
	}
}
