import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { nodeOf } from '../shared/context';
import { nodeErrorOf, refusal } from '../shared/errors/refusal';
import { UnknownOutcome } from '../shared/errors/unknownOutcome';
import { itemsAtOnce } from '../shared/sideBySide';
import { findOperation } from './index';
import type { Execute, Failed, Operation, Outcome } from './operation';
import { shownToModel } from './toolOutput';

type OnError = INode['onError'];

/**
 * The item loop of the node: input items go through their operation, results are linked to their item, and an
 * item that fails either becomes an item with the error or ends the run.
 *
 * @throws NodeApiError or NodeOperationError with the item, unless the node continues on fail
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const operation = operationOf(context);
	const continues = context.continueOnFail();
	const outcomes = await outcomesOf(context, operation, continues);
	const { onError } = nodeOf(context);
	const output = outcomes.flatMap((outcome) => itemsOf(outcome, onError));
	const [failed, ...others] = outcomes.flatMap(({ errors = [] }) =>
		errors.map(({ error }) => error),
	);
	if (failed && !continues) {
		const done = outcomes.flatMap(({ results }) => results.map(({ json }) => json));
		const inDoubt = others
			.filter((other) => other instanceof UnknownOutcome)
			.map(({ message }) => message);
		const notes = [operation.noteOnFailure?.(done, failed), ...inDoubt, failed.description];
		failed.description = notes.filter(Boolean).join(' ');
		throw failed;
	}
	return output;
}

function operationOf(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = findOperation(resource, name);
	if (operation) return operation;
	throw refusal(
		context,
		0,
		`The operation "${name}" of the resource "${resource}" does not exist in this version of the node`,
		'Choose Resource and Operation again in the node.',
	);
}

/** What concerns the run as a whole is told with its first item. */
async function outcomesOf(
	context: IExecuteFunctions,
	operation: Operation,
	continues: boolean,
): Promise<Outcome[]> {
	try {
		if ('executeAll' in operation) {
			const outcomes = await operation.executeAll(context, continues);
			return outcomes.map((outcome) => ({
				...outcome,
				results: shownToModel(context, operation.fields, outcome),
			}));
		}
		const atOnce = itemsAtOnce(context, operation.fields);
		const execute: Execute = async (_context, itemIndex) => {
			const results = await operation.execute(context, itemIndex);
			return shownToModel(context, operation.fields, { results, itemIndex });
		};
		return await eachItem(context, execute, continues, atOnce);
	} catch (thrown) {
		return [{ itemIndex: 0, results: [], errors: [{ error: nodeErrorOf(context, thrown, 0) }] }];
	}
}

/** @returns the outcomes in the sequence of the items; after one that failed no other is begun, unless the run goes on */
async function eachItem(
	context: IExecuteFunctions,
	execute: Execute,
	continues: boolean,
	atOnce: number,
): Promise<Outcome[]> {
	const limit = pLimit(atOnce);
	let isOver = false;
	const outcomeOf = async (itemIndex: number): Promise<Outcome[]> => {
		if (isOver) return [];
		try {
			return [{ itemIndex, results: await execute(context, itemIndex) }];
		} catch (thrown) {
			isOver = !continues;
			return [
				{ itemIndex, results: [], errors: [{ error: nodeErrorOf(context, thrown, itemIndex) }] },
			];
		}
	};
	const indexes = [...context.getInputData().keys()];
	const outcomes = await Promise.all(
		indexes.map(async (itemIndex) => await limit(outcomeOf, itemIndex)),
	);
	return outcomes.flat();
}

function itemsOf(
	{ itemIndex, results, errors = [] }: Outcome,
	onError: OnError,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	const failed = errors.map((one) => failedItem(one, onError));
	const items: INodeExecutionData[] = [...results, ...failed];
	for (const item of items) item.pairedItem = pairedItem;
	return items;
}

function failedItem(one: Failed, onError: OnError): { json: IDataObject } {
	const item = { json: errorJson(one, onError) };
	if (onError !== 'continueErrorOutput') return item;
	// Before 2.31 n8n's error output knew no details, but took what has an error. Seen by n8n alone, and not saved.
	Object.defineProperty(item, 'error', { value: one.error });
	return item;
}

function errorJson({ error, known = {} }: Failed, onError: OnError): IDataObject {
	const told: IDataObject = {
		...known,
		...(error.description && { description: error.description }),
	};
	if (Object.keys(told).length === 0) return { error: error.message };
	// n8n's error output takes an item only if nothing but error, message and details stands in it.
	return {
		error: error.message,
		...(onError === 'continueErrorOutput' ? { details: told } : told),
	};
}
