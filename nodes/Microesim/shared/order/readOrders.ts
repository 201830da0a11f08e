import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { onOrOff, optionText } from '../parameters';
import { hasActivationDate } from './activation';
import { refuseUnaskedAgent } from './mayBuy';
import { readOrderOptions } from './orderOptions';
import { readNumber, readOrderRequest } from './orderRequest';
import { orderSettings } from './orderSettings';
import type { WantedOrder } from './purchase';
import { refuseBlindRetries } from './retries';
import { faultsOfSharedNumbers } from './sharedNumbers';
import { readWaitOptions } from './waitOptions';

/** The orders one item asks for, or why it cannot be ordered. */
export type Asked = {
	itemIndex: number;
	orders: WantedOrder[];
	error?: NodeFailure;
	/** The Custom Order Number of one that cannot, where it can be read. */
	number?: string;
};

/**
 * Reads all items of a run without sending anything. An item whose number another one has, too, cannot be ordered.
 *
 * @returns one entry per item
 */
export function readOrders(context: IExecuteFunctions): Asked[] {
	const asked = [...context.getInputData().keys()].map((itemIndex) => readItem(context, itemIndex));
	const faults = faultsOfSharedNumbers(
		context,
		asked.flatMap(({ orders }) => orders),
	);
	return asked.map((item) => {
		const error = faults.get(item.itemIndex);
		const { itemIndex, orders } = item;
		return error ? { itemIndex, orders: [], error, number: orders[0]?.givenNumber } : item;
	});
}

/**
 * "Split Quantity Into Single Orders" makes one order per eSIM, numbered `<number>-1` to `<number>-<quantity>`.
 */
function readItem(context: IExecuteFunctions, itemIndex: number): Asked {
	try {
		const options = readOrderOptions(context, itemIndex);
		const previewOnly = isPreview(context, itemIndex);
		if (!previewOnly) {
			refuseUnaskedAgent(context, itemIndex);
			refuseBlindRetries(context, options.guarded, itemIndex);
		}
		const settings = orderSettings(context, itemIndex);
		const wait =
			settings.waitForDelivery === true ? readWaitOptions(context, settings, itemIndex) : undefined;
		const order = readOrderRequest(context, itemIndex);
		const givenNumber = order.custom_order_no;
		const item = itemOf(context, itemIndex);
		const isDated = hasActivationDate(context, itemIndex);
		const qrCodeField =
			optionText(context, settings.qrCodeField, 'Put QR Code in Field', itemIndex) ?? '';
		const asked = { itemIndex, item, order, givenNumber, options };
		const wanted = { ...asked, previewOnly, qrCodeField, isDated, wait };
		if (!options.split) return { itemIndex, orders: [wanted] };
		const orders = Array.from({ length: order.number }, (_, index) => ({
			...wanted,
			order: { ...order, number: 1, custom_order_no: `${givenNumber}-${index + 1}` },
		}));
		return { itemIndex, orders };
	} catch (error) {
		const number = numberIfAny(context, itemIndex);
		return { itemIndex, orders: [], error: nodeErrorOf(context, error, itemIndex), number };
	}
}

function numberIfAny(context: IExecuteFunctions, itemIndex: number): string | undefined {
	try {
		return readNumber(context, itemIndex);
	} catch {
		return undefined;
	}
}

const isPreview = (context: IExecuteFunctions, itemIndex: number): boolean =>
	onOrOff(
		context,
		context.getNodeParameter('previewOnly', itemIndex, false),
		'Preview Only',
		itemIndex,
	);

/** In a loop the items of each turn count from 0 again; a retry of n8n is the same turn. */
function itemOf(context: IExecuteFunctions, itemIndex: number): string {
	const run = runOf(context);
	return run === 0 ? `item ${itemIndex}` : `item ${itemIndex} of run ${run}`;
}

const runs = new WeakMap<IExecuteFunctions, number>();

/** Asked for once: it is the same for all items, and n8n works out an expression each time. */
function runOf(context: IExecuteFunctions): number {
	const run = runs.get(context) ?? (context.evaluateExpression('{{ $runIndex }}', 0) as number);
	runs.set(context, run);
	return run;
}
