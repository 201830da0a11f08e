import { isObject } from '../answers/shapes';
import { textOrNull } from '../answers/text';

/** What an answer to an order shows of an order. */
export interface Traces {
	/** Each once, in the sequence in which they stand there. */
	topupIds: string[];
	/** Whether it holds anything that an order may have left there: a paid one must not be lost over it. */
	any: boolean;
}

/** What stands where an id is missing. */
const NO_ID = /^(0+|-1|null|undefined|none|false|true)$/i;
/** Names of fields that tell of an order, whatever stands in them or below them. */
const ABOUT_AN_ORDER = /topup|order|trade|esim|iccid|device|lpa|qrcode/i;
/** As long as an id: other numbers are counts, prices and codes. */
const LONG_NUMBER = /\d{10,}/;
/** Fields whose long numbers are none of an order; the text is read by `refusedFor`. */
const OTHER_NUMBERS =
	/^(msg|code|ts|t|account|nonce|sign)$|(^|_)(time|date|log|trace|request|span)|(Time|Date|TraceId|RequestId|LogId)$|^(timestamp|traceid|requestid|logid)$/;
const DEEPEST = 8;

/** The result itself: it may be the id alone. */
const isResult = (name: string, depth: number): boolean =>
	depth === 1 && (name === 'result' || name === 'data');

/**
 * Looks through the whole answer, because the place of the order's id is known of one kind of answer alone.
 *
 * @param answer as it came; undefined where it is no envelope
 */
export function tracesOfOrder(answer: unknown): Traces {
	const traces: Traces = { topupIds: [], any: false };
	const walk = (value: unknown, name: string, depth: number, isAbout: boolean): void => {
		if (!isObject(value)) take(traces, value, name, depth, isAbout);
		else if (depth === DEEPEST) traces.any = true;
		// The entries of a list stand where the list does.
		else if (Array.isArray(value))
			for (const entry of value)
				walk(entry, name, Array.isArray(entry) ? depth + 1 : depth, isAbout);
		else
			for (const [key, entry] of Object.entries(value))
				walk(entry, key, depth + 1, isAbout || ABOUT_AN_ORDER.test(key));
	};
	walk(answer, '', 0, false);
	return traces;
}

function take(traces: Traces, value: unknown, name: string, depth: number, isAbout: boolean): void {
	const text = textOrNull(value);
	if (text === null || NO_ID.test(text)) return;
	const isId = name === 'topup_id' || (isResult(name, depth) && /^\d{16,}$/.test(text));
	if (isId && !traces.topupIds.includes(text)) traces.topupIds.push(text);
	const mayBeId = LONG_NUMBER.test(text) && !OTHER_NUMBERS.test(name);
	traces.any ||= isAbout || isResult(name, depth) || mayBeId;
}
