import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { activationDate } from '../answers/times';
import { refusal } from '../errors/refusal';
import { optionText, requiredText, webAddress, wholeNumber } from '../parameters';
import { orderSettings } from './orderSettings';

/** The fields of esimSubscribe, by their names in the API. */
export interface OrderRequest {
	channel_dataplan_id: string;
	number: number;
	/** "yyyy-MM-dd HH:mm:ss" in UTC. */
	activation_date?: string;
	custom_order_no: string;
	custom_email?: string;
	remark?: string;
	notify_url?: string;
}

const LARGEST_QUANTITY = 1000;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Reads what an item asks for, and refuses what MicroeSIM could not carry out.
 *
 * @throws NodeOperationError before anything is sent, naming the field
 * @see API document, esimSubscribe
 */
export function readOrderRequest(context: IExecuteFunctions, itemIndex: number): OrderRequest {
	const options = orderSettings(context, itemIndex);
	const quantity = context.getNodeParameter('quantity', itemIndex, 1);
	return {
		channel_dataplan_id: requiredText(context, 'planId', 'Plan', itemIndex),
		number: wholeNumber(context, quantity, 'Quantity', [1, LARGEST_QUANTITY], itemIndex),
		activation_date: readActivationDate(context, itemIndex),
		custom_order_no: readNumber(context, itemIndex),
		custom_email: readEmail(context, options, itemIndex),
		remark: readRemark(context, options, itemIndex),
		notify_url: readNotifyUrl(context, options, itemIndex),
	};
}

/** One number, however its accents were typed. @throws NodeOperationError where there is none, or none to be read */
export function readNumber(context: IExecuteFunctions, itemIndex: number): string {
	const label = 'Custom Order Number';
	const number = requiredText(context, 'customOrderNo', label, itemIndex).normalize('NFC');
	if (!/[\p{Cc}\p{Cs}]/u.test(number)) return number;
	throw refusal(
		context,
		itemIndex,
		`The field "${label}" holds a line break, a tab or another character that is none to be read: ${JSON.stringify(number)}`,
		'Use one line of letters and digits. Nothing was sent to MicroeSIM.',
	);
}

function readActivationDate(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const value = context.getNodeParameter('activationDate', itemIndex, '') as unknown;
	if (value === '' || value === null || value === undefined) return undefined;
	try {
		return activationDate(value, context.getTimezone(), Date.now());
	} catch (error) {
		throw refusal(
			context,
			itemIndex,
			`The field "Activation Date" cannot be used: ${(error as Error).message}`,
		);
	}
}

function readEmail(context: IExecuteFunctions, options: IDataObject, itemIndex: number) {
	const email = optionText(context, options.customEmail, 'Customer Email', itemIndex);
	if (email === undefined || EMAIL.test(email)) return email;
	throw refusal(
		context,
		itemIndex,
		`The option "Customer Email" must be one mail address, but is "${email}"`,
	);
}

/** Kept as it was typed: what cleaning takes away joins emoji and letters. */
function readRemark(context: IExecuteFunctions, options: IDataObject, itemIndex: number) {
	const remark = optionText(context, options.remark, 'Remark', itemIndex);
	return typeof options.remark === 'string' ? options.remark.trim() || undefined : remark;
}

function readNotifyUrl(context: IExecuteFunctions, options: IDataObject, itemIndex: number) {
	const address = optionText(context, options.notifyUrl, 'Notify URL', itemIndex);
	return address === undefined ? undefined : webAddress(context, address, 'Notify URL', itemIndex);
}
