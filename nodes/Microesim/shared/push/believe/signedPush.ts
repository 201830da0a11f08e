import { createHash, timingSafeEqual } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { dropOldest } from '../../../../../credentials/shared/dropOldest';
import {
	isOwnNonce,
	sign,
	SIGNATURE_HEADERS,
	type SigningSecrets,
} from '../../../../../credentials/shared/signature';

/** How far the clocks of both sides may be apart, and how long a nonce is remembered. */
const WINDOW_MS = 5 * 60 * 1000;
const MOST_NONCES = 10_000;

/** Nonces of pushes that were believed: what they came with, and until when their timestamp is fresh. */
const seen = new Map<string, { body: string; until: number }>();

/**
 * Checks the four headers of a push as MicroeSIM checks those of our requests, in constant time.
 *
 * @param headers of the request, names in lower case
 * @param now milliseconds since 1970
 * @returns the reason why the push is not believed; undefined when it is
 * @see API document, sections 2 and 4; that pushes are signed is known from a sister platform only
 */
export async function faultInSignature(
	headers: IDataObject,
	secrets: SigningSecrets,
	now: number,
): Promise<string | undefined> {
	const [account, nonce, timestamp, signature] = valuesOf(headers);
	if (![account, nonce, timestamp, signature].every((value) => typeof value === 'string')) {
		return 'the signature headers are missing';
	}
	if (account !== secrets.account) return 'it is signed for another account';
	if (!/^\d{13}$/.test(timestamp as string)) return 'its timestamp is not in milliseconds';
	if (Math.abs(now - Number(timestamp)) > WINDOW_MS) return 'its timestamp is too old or too new';
	if (!/^.{6,32}$/.test(nonce as string)) return 'its nonce is not 6 to 32 characters long';
	const expected = Buffer.from(await sign(secrets, nonce as string, timestamp as string));
	const given = Buffer.from((signature as string).toLowerCase());
	if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
		return 'its signature is wrong';
	}
	return (await isOwnNonce(secrets, nonce as string))
		? 'it has the headers of a request of ours'
		: undefined;
}

/**
 * Believes the headers of a push with one body only, because the signature does not cover it.
 *
 * @param headers of the request, in which `faultInSignature` found no fault
 * @param now milliseconds since 1970
 */
export function faultInReuse(headers: IDataObject, body: unknown, now: number): string | undefined {
	const [account, nonce, timestamp] = valuesOf(headers);
	const until = Number(timestamp) + WINDOW_MS;
	return remember(JSON.stringify([account, nonce]), digestOf(body), until, now);
}

const valuesOf = (headers: IDataObject) =>
	SIGNATURE_HEADERS.map((name) => headers[name.toLowerCase()]);

const digestOf = (body: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(body) ?? '')
		.digest('hex');

/** The same push may come again with the headers it had: whether it starts a run is told elsewhere. */
function remember(key: string, body: string, until: number, now: number): string | undefined {
	for (const [old, { until: stale }] of seen) {
		if (stale >= now) break;
		seen.delete(old);
	}
	dropOldest(seen, MOST_NONCES - 1);
	const before = seen.get(key);
	if (before && before.body !== body) return 'its nonce was used before';
	seen.set(key, { body, until });
	return undefined;
}
