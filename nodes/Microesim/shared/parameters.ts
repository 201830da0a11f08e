import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { refusal } from './errors/refusal';
import { cleanText } from './answers/text';

/**
 * Text of a field, trimmed of what copying leaves behind.
 *
 * @param label the field's name in the editor, for the error
 * @throws NodeOperationError when the field is empty, or holds a number too long to be exact
 */
export function requiredText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return checkText(context, value, label, itemIndex);
}

function checkText(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	itemIndex: number,
): string {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw refusal(
			context,
			itemIndex,
			`The field "${label}" holds a number too long to be exact`,
			'Long IDs must be passed as text: make the field before this node a string. Nothing was sent to MicroeSIM.',
		);
	}
	const text =
		typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';
	if (text === '') throw refusal(context, itemIndex, `The field "${label}" is empty`);
	return text;
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
		`"${label}" must be a whole number from ${from} to ${to}, but is "${String(value)}"`,
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

/** Whether the field "Simplify" is on. */
export const isSimplified = (context: IExecuteFunctions, itemIndex: number): boolean =>
	context.getNodeParameter('simplify', itemIndex, true) as boolean;
