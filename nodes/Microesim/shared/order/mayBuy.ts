import type { IExecuteFunctions } from 'n8n-workflow';

import { isOfAgent } from '../context';
import { refusal } from '../errors/refusal';
import { isVersion1 } from '../versions';

/**
 * Refuses to buy for an AI agent to whom nobody gave leave.
 *
 * @throws NodeOperationError before anything is sent; not in version 1 of the node, whose agents were made to buy
 */
export function refuseUnaskedAgent(context: IExecuteFunctions, itemIndex: number): void {
	const mustBeAllowed = isOfAgent(context) && !isVersion1(context);
	if (!mustBeAllowed || context.getNodeParameter('agentMayBuy', itemIndex, false) === true) return;
	throw refusal(
		context,
		itemIndex,
		'This tool may not buy: "Agent May Buy" is off',
		'Switch it on in the tool if an AI agent is to spend your money without asking, or switch on "Preview Only". Nothing was sent to MicroeSIM.',
	);
}
