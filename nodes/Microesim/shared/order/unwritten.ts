import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { refusal } from '../errors/refusal';

const UNTOUCHED = 'Nothing was sent to MicroeSIM for this item.';

/** The error where n8n's database does not say whether a number is taken. @param why what the database said */
export const unwritten = (
	context: IExecuteFunctions,
	itemIndex: number,
	why: string,
): NodeOperationError =>
	refusal(
		context,
		itemIndex,
		'The Custom Order Number could not be written down, so the order was not placed',
		`n8n's database failed: ${why}. Save the workflow and try again. ${UNTOUCHED}`,
	);

/** The error where a number is taken, perhaps by a try of this process that sent nothing. */
export const maybeNeverSent = (context: IExecuteFunctions, itemIndex: number): NodeOperationError =>
	refusal(
		context,
		itemIndex,
		"The Custom Order Number stands in n8n's database, so the order was not placed. An earlier try, whose order was not sent or was refused, may have left it there, or another one has ordered it since",
		`Look for the number at MicroeSIM. If it is not there, order with another number. ${UNTOUCHED}`,
	);

/** Asks n8n's database. @throws NodeOperationError that says what the database said */
export async function inDatabase<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw unwritten(context, itemIndex, (error as Error).message);
	}
}
