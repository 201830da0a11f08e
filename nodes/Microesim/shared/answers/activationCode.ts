import { cleanText } from './text';

/** An activation code, taken apart. */
export interface ActivationCode {
	/** The whole code with its "LPA:" prefix, as a QR code holds it. */
	lpa_string: string;
	/** SM-DP+ address: the host the phone downloads the eSIM from. */
	sm_dp_address: string;
	/** Matching id; null where the code has none. */
	matching_id: string | null;
	/** SM-DP+ OID; null where the code has none. */
	sm_dp_oid: string | null;
	/** Whether the phone asks for a confirmation code. */
	confirmation_code_required: boolean;
}

const PREFIX = /^LPA:/i;
const HOST =
	/^(?=.{1,255}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;
const MATCHING_ID = /^[0-9A-Za-z-]*$/;
const OID = /^\d+(\.\d+)*$/;

/**
 * Takes an activation code apart: `LPA:1$<SM-DP+ address>$<matching id>[$<SM-DP+ OID>[$1]]`. The prefix may
 * be missing; matching id and OID may be empty.
 *
 * @throws Error with a sentence for people, naming the part that is wrong
 * @see GSMA SGP.22, section 4.1 "Activation Code"
 */
export function parseActivationCode(value: string): ActivationCode {
	const text = cleanText(value);
	const body = text.replace(PREFIX, '');
	const parts = body.split('$');
	const [format, host = '', matchingId = '', oid = '', flag = ''] = parts;
	const fault = faultIn(body, parts, { format, host, matchingId, oid, flag });
	if (fault !== undefined) throw new Error(`The activation code cannot be used: ${fault}`);
	return {
		lpa_string: `LPA:${body}`,
		sm_dp_address: host,
		matching_id: matchingId === '' ? null : matchingId,
		sm_dp_oid: oid === '' ? null : oid,
		confirmation_code_required: flag === '1',
	};
}

function faultIn(
	body: string,
	parts: string[],
	{ format, host, matchingId, oid, flag }: Record<string, string | undefined>,
): string | undefined {
	if (body === '') return 'it is empty.';
	if (parts.length === 1) {
		return 'it must look like LPA:1$<SM-DP+ address>$<matching id>, but has no "$".';
	}
	if (format !== '1') {
		return `it must begin with "LPA:1$", but its first part is "${format}".`;
	}
	if (parts.length < 3) {
		return 'it has too few parts. It must look like LPA:1$<SM-DP+ address>$<matching id>.';
	}
	if (parts.length > 5)
		return `it has ${parts.length} parts separated by "$", but at most 5 are allowed.`;
	if (!HOST.test(host ?? '')) return `its SM-DP+ address "${host}" is not a host name.`;
	if (!MATCHING_ID.test(matchingId ?? '')) {
		return 'its matching id may hold only letters, digits and "-".';
	}
	if (oid !== '' && !OID.test(oid ?? '')) {
		return `its SM-DP+ OID "${oid}" must be numbers separated by dots.`;
	}
	if (flag !== '' && flag !== '1') {
		return `its last part, which tells whether a confirmation code is needed, must be "1" or missing, not "${flag}".`;
	}
	return undefined;
}

/** The same for codes that MicroeSIM sent: null where the code does not fit, so that no order is lost over it. */
export function activationCodeOrNull(value: string | null): ActivationCode | null {
	if (value === null) return null;
	try {
		return parseActivationCode(value);
	} catch {
		return null;
	}
}

/** What programs write where they have nothing, or nothing yet. */
const NOTHING = /^(?:null|undefined|none|nil|nan|processing|pending|unknown)$/i;
const ADDRESS = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/**
 * Whether a text can be an activation code at all: a format, an SM-DP+ address and a matching id, which may be empty.
 * It is less than `parseActivationCode` asks for, so that no paid eSIM waits for ever because its code is an odd one.
 */
export function mayBeCode(value: string): boolean {
	const [format = '', host = '', matchingId, oid = '', flag = '', ...others] = cleanText(value)
		.replace(PREFIX, '')
		.split('$', 6);
	const isThere = [host, matchingId].every((part) => part !== undefined && !NOTHING.test(part));
	return (
		isThere &&
		/^\d{1,2}$/.test(format) &&
		ADDRESS.test(host) &&
		/^[\w.+/=~@*-]*$/.test(matchingId ?? '') &&
		(matchingId === '' || /[a-z\d]/i.test(matchingId ?? '')) &&
		/^[\d.]*$/.test(oid) &&
		/^\w{0,8}$/.test(flag) &&
		others.length === 0
	);
}

/**
 * One way to write a code: with "LPA:", which may be missing or in small letters, the host in small letters, and
 * without empty parts at the end.
 *
 * @see GSMA SGP.22, section 4.1: what is optional may be left out; RFC 4343: host names have no case
 */
export function canonicalCode(code: string): string {
	const [format, host, ...others] = cleanText(code).replace(PREFIX, '').split('$');
	const parts = [format, host?.toLowerCase(), ...others];
	return `LPA:${parts.slice(0, parts.findLastIndex((part) => part !== '') + 1).join('$')}`;
}

export const isSameCode = (one: string, other: string): boolean =>
	canonicalCode(one) === canonicalCode(other);
