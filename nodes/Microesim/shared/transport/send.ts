import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { resolveBaseUrl } from '../../../../credentials/shared/baseUrl';
import type { MicroesimCredential } from '../../../../credentials/shared/credentialData';
import type { RequestContext } from '../context';
import { isStopped } from '../pause';
import { aboutAnother } from './aboutAnother';
import { withoutUrlToken, withUrlToken } from './addressToken';
import { bothForms } from './credential';
import type { Endpoint } from './endpoints';
import { isSuccess, parseEnvelope, type Envelope } from './envelope';
import { multipart } from './multipart';
import { readNetworkFault, type NetworkFault } from './networkFault';

/** The fields of one call; those that are undefined are not sent. */
export type CallFields = Record<string, string | number | undefined>;

/**
 * What one request came to. Only `success`, `refused` and `notSent` are clear; after `unclear`
 * MicroeSIM may or may not have done what was asked.
 */
export type Answer =
	| { kind: 'success'; envelope: Envelope; httpStatus: number }
	| { kind: 'refused'; envelope: Envelope; httpStatus: number; retryAfter?: string }
	| {
			kind: 'unclear';
			reason: string;
			httpStatus: number;
			retryAfter?: string;
			passing?: true;
			envelope?: Envelope;
	  }
	| ({ kind: 'notSent' | 'noAnswer' } & NetworkFault);

/** n8n looks at the data alone. */
const NAMES = { id: '', name: '', type: 'microesimApi' };

const STOPPED: Answer = {
	kind: 'notSent',
	sent: false,
	reason: 'was not asked, because the execution was stopped',
	code: 'ERR_CANCELED',
	passing: false,
};

/**
 * One call = one signed request = one answer. Never repeats anything: the two options that keep n8n
 * from sending a request again after HTTP 401, and from following redirects, are set here for all.
 *
 * @throws NodeOperationError only for a credential that cannot be used; everything else is an Answer
 */
export async function send(
	context: RequestContext,
	endpoint: Endpoint,
	fields: CallFields,
	itemIndex: number,
): Promise<Answer> {
	const { data, credential } = await bothForms(context, itemIndex);
	const options: IHttpRequestOptions = {
		method: endpoint.method,
		url: resolveBaseUrl(credential) + endpoint.path,
		timeout: Math.min(endpoint.timeoutMs, endpoint.cutAfterMs ?? Infinity),
		...(endpoint.cutAfterMs !== undefined && {
			abortSignal: AbortSignal.timeout(endpoint.cutAfterMs),
		}),
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...payload(endpoint, withUrlToken(fields, credential), credential),
	};
	if (isStopped(context)) return STOPPED;
	let response: IN8nHttpFullResponse;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(
			endpoint.outlivesStop ? withoutCancelSignal(context) : context,
			'microesimApi',
			options,
			// Signed with the very credential that gave the address; n8n would decrypt it once more.
			{ credentialsDecrypted: { ...NAMES, data } },
		)) as IN8nHttpFullResponse;
	} catch (error) {
		const fault = readNetworkFault(error);
		return { kind: fault.sent ? 'noAnswer' : 'notSent', ...fault };
	}
	return readAnswer(response, fields, credential);
}

/** n8n's helper cuts a request when the signal of its context says so. */
const withoutCancelSignal = (context: RequestContext): RequestContext =>
	Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as RequestContext;

function payload(endpoint: Endpoint, fields: CallFields, { bodyFormat }: MicroesimCredential) {
	const given = Object.entries(fields).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as [string, string]],
	);
	if (given.length === 0) return {};
	if (endpoint.method === 'GET') return { qs: Object.fromEntries(given) };
	return bodyFormat === 'urlencoded' ? { body: new URLSearchParams(given) } : multipart(given);
}

function readAnswer(
	{ body, statusCode, headers }: IN8nHttpFullResponse,
	fields: CallFields,
	credential: MicroesimCredential,
): Answer {
	const text = typeof body === 'string' ? withoutUrlToken(body, credential) : '';
	const retryAfter = headers['retry-after'] as string | undefined;
	const envelope = parseEnvelope(text);
	if (envelope && isSuccess(envelope)) {
		const another = aboutAnother(fields, envelope.result);
		if (another === undefined) return { kind: 'success', envelope, httpStatus: statusCode };
		const reason = `an answer about ${another}`;
		return { kind: 'unclear', reason, httpStatus: statusCode, passing: true };
	}
	if (envelope && statusCode < 500) {
		return { kind: 'refused', envelope, httpStatus: statusCode, retryAfter };
	}
	return {
		kind: 'unclear',
		envelope,
		reason: envelope ? `trouble of its own ("${envelope.msg}")` : describe(text),
		httpStatus: statusCode,
		retryAfter,
	};
}

function describe(text: string): string {
	if (text.trim() === '') return 'an empty answer';
	if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(text)) return 'a web page instead of data';
	return 'an answer that is not the JSON the API document describes';
}
