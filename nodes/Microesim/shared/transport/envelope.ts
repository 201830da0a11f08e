import { parseExactJson } from './exactJson';

/** What MicroeSIM wraps every answer in (API document, all samples). */
export interface Envelope {
	/** As it came; 1 is the only success. */
	code: number | string;
	msg: string;
	/** The document's sample for the push has it under `data`. */
	result: unknown;
	/** The whole answer, where what stands beside `code` and `msg` matters. */
	whole: Record<string, unknown>;
}

/**
 * Opens the envelope of an answer.
 *
 * @param body the answer as text
 * @returns nothing when the text is no envelope: HTML, cut JSON, JSON of another shape
 */
export function parseEnvelope(body: string): Envelope | undefined {
	let value: unknown;
	try {
		value = parseExactJson(body);
	} catch {
		return undefined;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	const whole = value as Record<string, unknown>;
	const { code, msg, data, result = data } = whole;
	if (typeof code !== 'number' && (typeof code !== 'string' || code.trim() === ''))
		return undefined;
	return {
		code,
		msg: typeof msg === 'string' || typeof msg === 'number' ? String(msg) : '',
		result,
		whole,
	};
}

/** `code` 1 is the only success, whatever the HTTP status says. */
export const isSuccess = ({ code }: Envelope): boolean => code === 1 || code === '1';
