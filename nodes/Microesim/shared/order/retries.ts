import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';

/**
 * Refuses to buy where n8n itself would run an order again and nothing would notice.
 *
 * @param guarded whether "Prevent Duplicate Orders" is on
 * @throws NodeOperationError before anything is sent, with the way out
 */
export function refuseBlindRetries(context: IExecuteFunctions, guarded: boolean, itemIndex: number): void {
	const node = context.getNode();
	if (node.retryOnFail && !guarded) {
		throw refusal(
			context,
			itemIndex,
			'Orders are not placed while "Retry On Fail" is on and "Prevent Duplicate Orders" is off, because a retry would buy all items again',
			'Switch off "Retry On Fail" in the Settings tab of this node, or switch on the option "Prevent Duplicate Orders". Nothing was sent to MicroeSIM.',
		);
	}
	if (context.getMode() !== 'retry') return;
	const ofExecution = /\$execution\b/.test(String(node.parameters.customOrderNo));
	if (guarded && !ofExecution) return;
	throw refusal(
		context,
		itemIndex,
		'Orders are not placed when an execution is retried from the list, because the first try may have bought them and its numbers are not known here',
		'Make "Custom Order Number" from the input, such as the order number of your shop, and keep "Prevent Duplicate Orders" on. Or look for the orders of the first try at MicroeSIM before you order again. Nothing was sent to MicroeSIM.',
	);
}
