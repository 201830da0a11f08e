import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { listOf } from '../shared/answers/shapes';
import { asText, kindOf, fieldText, splitWords } from '../shared/answers/text';
import { numberIn, rangeInWords, type NumberRange } from '../shared/numberRange';
import { RECEIVED } from '../shared/push/answer';
import type { VerifyBy } from '../shared/push/believe/verify';
import type { MemoryLimits } from '../shared/push/memory';

/** What the user set in the trigger, ready to be used. */
export interface TriggerSettings {
	verifyBy: VerifyBy;
	urlToken: string;
	simplify: boolean;
	waitForRun: boolean;
	responseBody: string;
	/** Order IDs that start a run; all do where it is empty. */
	orders: string[];
	/** Field for the QR code; none is drawn where it is empty. */
	qrCodeField: string;
	limits: MemoryLimits;
	/** Names of fields that hold no text, though they must. */
	notText: string[];
	/** The same for numbers, with what they must be. */
	notInRange: string[];
}

export const DEFAULT_DAYS = 7;
export const DEFAULT_ENTRIES = 10_000;

/** Parts of a day are taken, too. */
export const DAYS: NumberRange = { from: 0, to: 3650, above: true };
/** Held in memory, some hundred bytes each. */
export const ENTRIES: NumberRange = { from: 1, to: 100_000, whole: true };

const VERIFY_BY: readonly string[] = [
	'lookup',
	'nothing',
	'order',
	'signature',
	'token',
] satisfies VerifyBy[];

const DAY_MS = 24 * 3600 * 1000;

/** Reads the parameters of the trigger; `faultInSettings` says which of them make no sense. */
export function readSettings(
	context: IWebhookFunctions | IHookFunctions | IExecuteFunctions,
): TriggerSettings {
	const parameter = (name: string, otherwise: unknown): unknown =>
		'getInputData' in context
			? context.getNodeParameter(name, 0, otherwise)
			: context.getNodeParameter(name, otherwise as object);
	const options = parameter('options', {}) as IDataObject;
	const notText: string[] = [];
	const text = (value: unknown, label: string): string => {
		const read = fieldText(value);
		if (read === undefined) notText.push(label);
		return read ?? '';
	};
	const notInRange: string[] = [];
	const number = (value: unknown, label: string, range: NumberRange, otherwise: number): number => {
		if (fieldText(value) === '') return otherwise;
		const read = numberIn(value, range);
		if (read === undefined)
			notInRange.push(`"${label}" must be ${rangeInWords(range)}, but is "${kindOf(value)}"`);
		return read ?? otherwise;
	};
	const { rememberDays, rememberEntries } = options;
	return {
		verifyBy: parameter('verifyBy', 'lookup') as VerifyBy,
		urlToken: text(parameter('urlToken', ''), 'URL Token'),
		simplify: parameter('simplify', true) as boolean,
		waitForRun: parameter('respond', 'onReceived') === 'lastNode',
		responseBody: asText(options.responseBody ?? RECEIVED),
		orders: listOf(options.orderNumbers).flatMap((ids) =>
			splitWords(text(ids, 'Order IDs to Accept')),
		),
		qrCodeField: text(options.qrCodeField, 'Put QR Code in Field'),
		limits: {
			windowMs: number(rememberDays, 'Remember for Days', DAYS, DEFAULT_DAYS) * DAY_MS,
			mostEntries: number(rememberEntries, 'Remember Up To', ENTRIES, DEFAULT_ENTRIES),
		},
		notText,
		notInRange,
	};
}

/** Why the trigger cannot work as it is set; undefined when it can. */
export function faultInSettings({
	verifyBy,
	urlToken,
	notText,
	notInRange,
}: TriggerSettings): string | undefined {
	if (notText.length > 0) {
		return `The field "${notText[0]}" of the trigger must be text, but holds something else. Choose one field that holds text; long numbers must be text, too.`;
	}
	if (notInRange.length > 0) return `The option ${notInRange[0]}. Set it in the trigger.`;
	if (!VERIFY_BY.includes(verifyBy)) {
		return `"Verify Push By" holds "${kindOf(verifyBy)}", which is none of its choices. Choose one in the trigger.`;
	}
	return verifyBy === 'nothing' && urlToken === ''
		? '"Verify Push By" is set to Nothing, but there is no URL Token. Set one, or anybody who learns the address can start this workflow.'
		: undefined;
}
