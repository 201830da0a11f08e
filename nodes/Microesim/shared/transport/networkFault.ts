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
	const code = find(error, 'code');
	const known = KNOWN.find(({ codes }) => code !== undefined && codes.test(code));
	if (!known)
		return { sent: true, passing: false, reason: 'gave no answer that could be read', code };
	if (!known.sent && STANDING.test(find(error, 'syscall') ?? '')) {
		return { sent: true, passing: true, reason: 'was lost before its answer was complete', code };
	}
	return { sent: known.sent, passing: known.passing, reason: known.reason, code };
}

function find(error: unknown, property: 'code' | 'syscall'): string | undefined {
	let level: unknown = error;
	for (let depth = 0; depth < 8 && typeof level === 'object' && level !== null; depth++) {
		const value = (level as Record<string, unknown>)[property];
		if (typeof value === 'string' && value !== '') return value;
		level = (level as { cause?: unknown }).cause;
	}
	return undefined;
}
