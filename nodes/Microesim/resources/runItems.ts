import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { nodeErrorOf, refusal } from '../shared/errors/refusal';
import { findOperation } from './index';
import type { Operation } from './operation';

/**
 * The item loop of the node: each input item goes through its operation, its results are linked to it, and an
 * item that fails either becomes an item with the error or ends the run.
 *
 * @throws NodeApiError or NodeOperationError with the item, unless the node continues on fail
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	if (!context.continueOnFail()) checkAll(context);
	for (const itemIndex of context.getInputData().keys()) {
		const pairedItem = { item: itemIndex };
		let operation: Operation | undefined;
		try {
			operation = operationOf(context, itemIndex);
			for (const result of await operation.execute(context, itemIndex)) {
				output.push({ ...result, pairedItem });
			}
		} catch (thrown) {
			const error = nodeErrorOf(context, thrown, itemIndex);
			if (!context.continueOnFail()) {
				const done = output.map(({ json }) => json as IDataObject);
				const note = operation?.noteOnFailure?.(done);
				error.description = [note, error.description].filter(Boolean).join(' ');
				throw error;
			}
			output.push({ json: { error: error.message }, pairedItem });
		}
	}
	return output;
}

/** One bad item in ten must not leave three bought. Items that may fail alone are checked in their turn. */
function checkAll(context: IExecuteFunctions): void {
	for (const itemIndex of context.getInputData().keys()) {
		try {
			operationOf(context, itemIndex).check?.(context, itemIndex);
		} catch (thrown) {
			throw nodeErrorOf(context, thrown, itemIndex);
		}
	}
}

function operationOf(context: IExecuteFunctions, itemIndex: number): Operation {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const name = context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resource, name);
	if (operation) return operation;
	throw refusal(
		context,
		itemIndex,
		`The operation "${name}" of the resource "${resource}" does not exist in this version of the node`,
		'Choose Resource and Operation again in the node.',
	);
}
