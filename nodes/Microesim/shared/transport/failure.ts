import { NodeApiError, type JsonObject } from 'n8n-workflow';

import type { RequestContext } from '../context';
import { adviceFor, adviceForStatus } from '../errors/advice';
import { inOurWords } from '../errors/refusal';
import type { Endpoint } from './endpoints';
import type { Answer } from './send';

/** An answer that is no success. */
export type FailedAnswer = Exclude<Answer, { kind: 'success' }>;

const DOUBT = 'It may have been carried out all the same: look before you try again.';

const DOCUMENT_HINT =
	'Check Environment and Base URL in the credential, or try again in a few minutes.';

/**
 * What happened, as one sentence without advice. `code` and `msg` of MicroeSIM stand in it as they came.
 */
export function sentenceOf(answer: FailedAnswer, endpoint: Endpoint): string {
	switch (answer.kind) {
		case 'refused':
			return `MicroeSIM refused ${endpoint.purpose}: "${answer.envelope.msg}" (code ${answer.envelope.code})`;
		case 'unclear':
			return `MicroeSIM answered ${endpoint.purpose} with ${answer.reason} (HTTP ${answer.httpStatus})`;
		case 'noAnswer':
		case 'notSent':
			return `MicroeSIM ${answer.reason} (${endpoint.purpose})`;
	}
}

/** What to do about it, where something is known. */
export function adviceOn(answer: FailedAnswer): string | undefined {
	switch (answer.kind) {
		case 'refused':
			return adviceFor(answer.envelope.msg) ?? adviceForStatus(answer.httpStatus);
		case 'unclear':
			return adviceForStatus(answer.httpStatus) ?? DOCUMENT_HINT;
		case 'noAnswer':
		case 'notSent': {
			if (answer.code === 'ERR_CANCELED') return 'Run it again when it is wanted.';
			const code = answer.code === undefined ? '' : ` (${answer.code})`;
			return `Check the network of the machine n8n runs on and the Base URL in the credential${code}.`;
		}
	}
}

const refusals = new WeakMap<object, string>();

/** MicroeSIM's own words, where an error is its refusal; undefined for any other one. */
export const saidIn = (error: object): string | undefined => refusals.get(error);

/**
 * The error an operation ends with. It is built from what is known, never from the request, so that no
 * header of it can reach a log.
 */
export function failureOf(
	context: RequestContext,
	answer: FailedAnswer,
	endpoint: Endpoint,
	itemIndex: number,
): NodeApiError {
	const said: JsonObject =
		answer.kind === 'refused'
			? { code: answer.envelope.code, msg: answer.envelope.msg }
			: { reason: answer.reason };
	const message = sentenceOf(answer, endpoint);
	const advice = adviceOn(answer) ?? 'The text in quotes is what MicroeSIM said.';
	const error = new NodeApiError(context.getNode(), said, {
		message,
		description: isInDoubt(answer) && !endpoint.repeatable ? `${DOUBT} ${advice}` : advice,
		httpCode: 'httpStatus' in answer ? String(answer.httpStatus) : undefined,
		itemIndex,
	});
	if (answer.kind === 'refused') refusals.set(error, answer.envelope.msg);
	return inOurWords(error, message);
}

/** Whether MicroeSIM may have done what was asked, although it did not say so. */
export const isInDoubt = ({ kind }: Answer): boolean => kind === 'unclear' || kind === 'noAnswer';
