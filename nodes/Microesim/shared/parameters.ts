import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { cleanText, fieldText, isInexact, kindOf } from './answers/text';
import type { RequestContext } from './context';
import { refusal } from './errors/refusal';
import { numberIn, rangeInWords, type NumberRange } from './numberRange';

/**
 * Text of a field that may not be empty.
 *
 * @param label the field's name in the editor, for the error
 * @throws NodeOperationError when the field is empty or holds no text
 */
export function requiredText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	const text = textOf(context, value, `field "${label}"`, itemIndex);
	if (text === '') throw refusal(context, itemIndex, `The field "${label}" is empty`);
	return text;
}

/** Where a value stands, for the error. */
type ValueKind = 'option' | 'filter' | 'condition' | 'field';

/** Text of an option or the like; undefined where it is empty. @throws NodeOperationError when it is no text */
export const optionText = (
	context: RequestContext,
	value: unknown,
	label: string,
	itemIndex: number,
	kind: ValueKind = 'option',
): string | undefined => textOf(context, value, `${kind} "${label}"`, itemIndex) || undefined;

/** Objects, lists and the like would be sent as "[object Object]". */
function textOf(context: RequestContext, value: unknown, what: string, itemIndex: number): string {
	const text = fieldText(value);
	if (text !== undefined) return text;
	const [fault, advice] = isInexact(value)
		? [
				'holds a number too long to be exact',
				'Long IDs must be passed as text: make the field before this node a string.',
			]
		: [`must be text, but is ${kindOf(value)}`, 'Choose one field of the item that holds text.'];
	throw refusal(
		context,
		itemIndex,
		`The ${what} ${fault}`,
		`${advice} Nothing was sent to MicroeSIM.`,
	);
}

/**
 * A whole number of a field or option.
 *
 * @throws NodeOperationError when it is not a whole number between `from` and `to`
 */
export function wholeNumber(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	[from, to]: [number, number],
	itemIndex: number,
): number {
	const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= from && number <= to) {
		return number;
	}
	throw refusal(
		context,
		itemIndex,
		`"${label}" must be a whole number from ${from} to ${to}, but is "${kindOf(value)}"`,
	);
}

/**
 * A number of an option or filter.
 *
 * @throws NodeOperationError that names the range, where the value is no number in it
 */
export function numberWithin(
	context: RequestContext,
	value: unknown,
	label: string,
	range: NumberRange,
	itemIndex: number,
	kind: ValueKind = 'option',
): number {
	const number = numberIn(value, range);
	if (number !== undefined) return number;
	throw refusal(
		context,
		itemIndex,
		`The ${kind} "${label}" must be ${rangeInWords(range)}, but is "${kindOf(value)}"`,
	);
}

/**
 * A choice of a list, which an expression may have made.
 *
 * @throws NodeOperationError that names the choices, where the value is none of them
 */
export function oneOf<Choice extends string>(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	choices: readonly Choice[],
	itemIndex: number,
): Choice {
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return chosen;
	throw refusal(
		context,
		itemIndex,
		`"${label}" must be one of ${choices.join(', ')}, but is "${kindOf(value)}"`,
	);
}

/**
 * What was asked for must not vanish because an expression found nothing.
 *
 * @throws NodeOperationError naming the option that is neither on nor off
 */
export function onOrOff(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	itemIndex: number,
	kind: ValueKind = 'option',
): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw refusal(
		context,
		itemIndex,
		`The ${kind} "${label}" must be on or off (true or false), but is "${kindOf(value)}"`,
	);
}

/** An address that MicroeSIM is to call. @throws NodeOperationError when it is no http(s) address */
export function webAddress(
	context: IExecuteFunctions,
	value: string,
	label: string,
	itemIndex: number,
): string {
	const address = cleanText(value);
	if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
	throw refusal(
		context,
		itemIndex,
		`"${label}" must be a web address that starts with https://, but is "${address}"`,
	);
}

/** The collection "Options" of an item. */
export const optionsOf = (context: IExecuteFunctions, itemIndex: number): IDataObject =>
	context.getNodeParameter('options', itemIndex, {}) as IDataObject;

/** Whether the field "Simplify" is on, which in a tool is a choice of "Output". */
export function isSimplified(context: IExecuteFunctions, itemIndex: number): boolean {
	if (context.getNodeParameter('toolOutput', itemIndex, '') === 'raw') return false;
	return context.getNodeParameter('simplify', itemIndex, true) as boolean;
}
