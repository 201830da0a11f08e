import { parse } from 'lossless-json';

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
 * An order id has 24 digits. Should one ever come as a bare number, JavaScript's own JSON.parse would
 * round it, and the order would be lost: such numbers stay text.
 */
const exactNumber = (digits: string): number | string =>
	/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits);

/** As JSON.parse: an order that was booked is not unclear because a field stands twice. */
const lastOne = (_before: unknown, after: unknown): unknown => after;

/**
 * Reads JSON without losing a digit of a long number.
 *
 * @param ofTwo what a field holds that stands twice; without it, what stands last
 * @returns the value, with whole numbers beyond 2^53 as text
 * @throws SyntaxError when the text is no JSON
 */
export const parseExactJson = (text: string, ofTwo = lastOne): unknown =>
	parse(text.replace(/^\ufeff/, ''), undefined, {
		parseNumber: exactNumber,
		onDuplicateKey: ({ oldValue, newValue }) => ofTwo(oldValue, newValue),
	});

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
