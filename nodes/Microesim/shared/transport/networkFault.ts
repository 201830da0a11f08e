import { listOf, recordOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';

/** Why no answer came. `sent` is false only where it is certain that MicroeSIM saw nothing. */
export interface NetworkFault {
	sent: boolean;
	/** For people, e.g. "did not answer in time". */
	reason: string;
	/** The system's own code, e.g. ETIMEDOUT, where there is one. */
	code?: string;
	/** Whether the same call could go through a moment later. */
	passing: boolean;
}

interface Known {
	codes: RegExp;
	/** What is true only while the connection is being made, which `sent: false` depends on. */
	sent: boolean;
	passing: boolean;
	reason: string;
}

/** On a connection that stands, the same codes come from reading or writing: something was sent by then. */
const STANDING = /^(read|write|shutdown)/;

/** A connection that is being made. */
const MAKING = /^(connect|getaddrinfo)$/;

const KNOWN: Known[] = [
	{
		codes: /^ECONNREFUSED$/,
		sent: false,
		passing: true,
		reason: 'could not be reached: the connection was refused',
	},
	{
		codes: /^(ENOTFOUND|EAI_\w+)$/,
		sent: false,
		passing: true,
		reason: 'could not be found: the name of its host did not resolve',
	},
	{
		codes: /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/,
		sent: false,
		passing: true,
		reason: 'could not be reached over the network',
	},
	{
		codes: /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/,
		sent: false,
		passing: false,
		reason: 'could not be reached: its certificate was not accepted',
	},
	{
		codes: /^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT)$/,
		sent: true,
		passing: true,
		reason: 'did not answer in time',
	},
	{
		codes:
			/^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE|HPE_\w+|ERR_STREAM_\w+|ERR_SSL_\w+|ERR_TLS_\w+|EPROTO)$/,
		sent: true,
		passing: true,
		reason: 'closed the connection before its answer was complete',
	},
	{
		codes: /^ERR_CANCELED$/,
		sent: true,
		passing: false,
		reason: 'was not waited for, because the execution was canceled',
	},
];

/**
 * Reads an error of n8n's request helper, whose codes lie somewhere along its chain of causes.
 *
 * @param error what the helper threw
 * @returns what is known; an unknown error counts as sent, because that is the careful guess
 */
export function readNetworkFault(error: unknown): NetworkFault {
	const ownCode = find(error, 'code');
	const code = ownCode ?? codeWithoutCause(error);
	const known = KNOWN.find(({ codes }) => code !== undefined && codes.test(code));
	// Without a connection nothing is sent, whatever kept it from being made.
	if (ownCode !== undefined && MAKING.test(find(error, 'syscall') ?? '')) {
		const reason =
			known?.sent === false ? known.reason : 'could not be reached: no connection was made';
		return { sent: false, passing: true, reason, code };
	}
	if (!known)
		return { sent: true, passing: false, reason: 'gave no answer that could be read', code };
	const { sent, passing, reason } = known;
	const isConnecting =
		ownCode === undefined
			? CONNECTING.test(wordsOf(error))
			: !STANDING.test(find(error, 'syscall') ?? '');
	if (sent || isConnecting) return { sent, passing, reason, code };
	return { sent: true, passing, reason: 'was lost before its answer was complete', code };
}

/** What n8n 2.30 and older leave of the system's words, for one address after another. */
const CONNECTING = /^(connect|getaddrinfo) E\w+[^|]*(\| (connect|getaddrinfo) E\w+[^|]*)*$/;
/** Words for an answer that broke off: then those versions show its HTTP status instead of a code. */
const BROKEN_OFF = /^stream has been aborted$/;

/** n8n 2.30 and older give no cause; the code stands in `httpCode`, where others have an HTTP status. */
function codeWithoutCause(error: unknown): string | undefined {
	if (BROKEN_OFF.test(wordsOf(error))) return 'ERR_BAD_RESPONSE';
	const { httpCode } = recordOf(error);
	return typeof httpCode === 'string' && /^[A-Z]/.test(httpCode) ? httpCode : undefined;
}

const wordsOf = (error: unknown): string => textOrNull(listOf(recordOf(error).messages)[0]) ?? '';

function find(error: unknown, property: 'code' | 'syscall'): string | undefined {
	let level: unknown = error;
	for (let depth = 0; depth < 8 && typeof level === 'object' && level !== null; depth++) {
		const value = (level as Record<string, unknown>)[property];
		if (typeof value === 'string' && value !== '') return value;
		level = (level as { cause?: unknown }).cause;
	}
	return undefined;
}
