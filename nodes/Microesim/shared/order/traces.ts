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
/** Names of fields that tell of an order, whatever stands in them. */
const ABOUT_AN_ORDER = /topup|order|trade|esim|iccid|device|lpa|qrcode/i;
/** As long as an id: other numbers are counts, prices and codes. */
const LONG_NUMBER = /\d{10,}/;
/** Fields whose long numbers are none of an order; the text is read by `refusedFor`. */
const OTHER_NUMBERS = /^(msg|code)$|time|date|trace|request|span/i;
const DEEPEST = 8;

/**
 * Looks through the whole answer, because the place of the order's id is known of one kind of answer alone.
 *
 * @param answer as it came; undefined where it is no envelope
 */
export function tracesOfOrder(answer: unknown): Traces {
	const traces: Traces = { topupIds: [], any: false };
	const walk = (value: unknown, name: string, depth: number): void => {
		if (isObject(value)) {
			if (depth === DEEPEST) traces.any = true;
			else
				for (const [key, entry] of Object.entries(value))
					walk(entry, Array.isArray(value) ? name : key, depth + 1);
			return;
		}
		const text = textOrNull(value);
		if (text === null) return;
		if (isId(name, text) && !traces.topupIds.includes(text)) traces.topupIds.push(text);
		const mayBeId = LONG_NUMBER.test(text) && !OTHER_NUMBERS.test(name);
		if (mayBeId || (ABOUT_AN_ORDER.test(name) && !NO_ID.test(text))) traces.any = true;
	};
	walk(answer, '', 0);
	return traces;
}

/** The result may be the id alone. */
const isId = (name: string, text: string): boolean =>
	name === 'topup_id' ? !NO_ID.test(text) : /^(result|data)$/.test(name) && /^\d{10,}$/.test(text);
