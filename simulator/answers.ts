import type { Refusal } from './ownAnswers';
import type { AnswerNumbersAs } from './types';

/** The envelope of every answer (API document: samples); `result` may be absent. */
export interface Envelope {
	code: number | string;
	msg: string;
	result?: unknown;
}

export interface Answer {
	/** HTTP status. */
	status: number;
	envelope: Envelope;
}

/** An answer that worked; without `result` the envelope has none. */
export function success(result?: unknown, msg = 'Success'): Answer {
	return {
		status: 200,
		envelope: result === undefined ? { code: 1, msg } : { code: 1, msg, result },
	};
}

/** An answer that refuses; HTTP 200 unless told. */
export function refuse({ code, msg }: Refusal, status = 200): Answer {
	return { status, envelope: { code, msg } };
}

/** JSON has no number with a leading zero, so "000777" can never stand bare. */
const BARE_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * Writes JSON. `strings`: every number in quotes. `numbers`: every numeric text bare and digit for digit,
 * so that a topup_id of 24 digits appears as no JavaScript number could hold it.
 */
export function writeJson(value: unknown, numbersAs: AnswerNumbersAs = 'document'): string {
	if (numbersAs === 'document') return JSON.stringify(value);
	if (Array.isArray(value))
		return `[${value.map((entry) => writeJson(entry ?? null, numbersAs)).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
		return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${writeJson(entry, numbersAs)}`).join(',')}}`;
	}
	if (typeof value === 'number' && numbersAs === 'strings') return JSON.stringify(String(value));
	if (typeof value === 'string' && numbersAs === 'numbers' && BARE_NUMBER.test(value)) return value;
	return JSON.stringify(value);
}
