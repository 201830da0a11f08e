import type { INodeProperties } from 'n8n-workflow';

import { planField } from '../../shared/fields';
import { ifNotReadyOption, maximumWaitOption } from '../../shared/order/waitOptions';
import { qrCodeOption } from '../../shared/qrCode/attach';
import { FROM_VERSION_2, IN_TOOLS, IN_VERSION_1 } from '../../shared/versions';
import * as option from './createOptions';

/**
 * Unique per execution, node, run of the node and item: loops and several Create nodes included. Shops cut a number
 * to 22 letters and digits; this one has 10 and the execution's ID, so that "-100" of a split order fits behind one of 8 digits.
 */
const UNIQUE_NUMBER =
	'={{ $execution.id }}n{{ [$nodeId, $runIndex, $itemIndex].join("-").hash().slice(0, 9) }}';

const FIRST_VERSION = { show: IN_VERSION_1 };

const collection = (
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
	displayOptions: INodeProperties['displayOptions'] = { show: FROM_VERSION_2 },
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	displayOptions,
	options,
});

/** Alike in all versions. */
const whatToBuy: INodeProperties[] = [
	planField,
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		required: true,
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 1,
		description: 'How many eSIMs to buy',
		hint: 'MicroeSIM recommends 1 per order: more may be delivered later',
	},
	{
		displayName: 'Activation Date',
		name: 'activationDate',
		type: 'dateTime',
		default: '',
		description:
			'When the eSIM becomes active, within the next 30 days. Needed for plans whose active_type is ACTIVEDBYORDER: without it they become active at once.',
	},
	{
		displayName: 'Custom Order Number',
		name: 'customOrderNo',
		type: 'string',
		default: UNIQUE_NUMBER,
		placeholder: 'e.g. 1001-1',
		description: 'Your own number for this order, by which you find it at MicroeSIM',
		hint: 'Better use the ID of the order line in your shop: it stays the same when an order arrives twice',
	},
];

/** Version 1 had all else in one collection. */
const formerly = collection(
	'Options',
	'options',
	'Add option',
	[
		option.concurrentOrders,
		option.customEmail,
		option.expectedPlanName,
		option.ifDuplicate,
		ifNotReadyOption,
		option.keepBalanceAbove,
		option.knownRefusals,
		option.maximumUnitPrice,
		maximumWaitOption,
		option.notifyUrl,
		option.mustBeOnSale,
		option.preventDuplicates,
		option.remark,
		option.requireActivationDate,
		option.splitQuantity,
		option.waitForDelivery,
	],
	FIRST_VERSION,
);

const isWaiting = { show: { ...FROM_VERSION_2, waitForDelivery: [true] } };

/** n8n shows the value of an expression in the place of a hint, so that what protects the user is a notice. */
const numberNotice: INodeProperties = {
	displayName:
		"Use your shop's order and line as Custom Order Number, such as {{ $json.order_number }}-{{ $json.line }}: it stays the same when an order arrives twice, and is bought once. What stands there at first is a new number each time.",
	name: 'numberNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: FROM_VERSION_2 },
};

const previewOnly: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: false,
	displayOptions: { show: FROM_VERSION_2 },
	description:
		'Whether to only show what would be bought: price, balance and all checks. Nothing is ordered, and no number is taken.',
};

const costNotice: INodeProperties = {
	displayName:
		'With a credential for Production this buys: it costs real money, at once, and cannot be taken back.',
	name: 'costNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { ...FROM_VERSION_2, previewOnly: [false] } },
};

const agentMayBuy: INodeProperties = {
	displayName: 'Agent May Buy',
	name: 'agentMayBuy',
	type: 'boolean',
	default: false,
	noDataExpression: true,
	displayOptions: { show: { ...IN_TOOLS, previewOnly: [false] } },
	description:
		'Whether an AI agent may spend your money with this tool, as often as it sees fit. While it is off, the tool buys nothing.',
};

export const createFields: INodeProperties[] = [
	...whatToBuy,
	numberNotice,
	previewOnly,
	costNotice,
	agentMayBuy,
	{ ...option.waitForDelivery, default: false, displayOptions: { show: FROM_VERSION_2 } },
	{ ...ifNotReadyOption, displayOptions: isWaiting },
	{ ...maximumWaitOption, displayOptions: isWaiting },
	collection('Checks Before Buying', 'checks', 'Add check', [
		option.expectedPlanName,
		option.keepBalanceAbove,
		// at 0, as in version 1, it refused every order until it was filled in
		{ ...option.maximumUnitPrice, default: 100 },
		option.mustBeOnSale,
		option.requireActivationDate,
	]),
	collection('Delivery', 'delivery', 'Add to the delivery', [
		option.customEmail,
		option.notifyUrl,
		qrCodeOption,
	]),
	formerly,
	collection('Options', 'options', 'Add option', [
		option.concurrentOrders,
		option.ifDuplicate,
		option.knownRefusals,
		option.preventDuplicates,
		option.remark,
		option.splitQuantity,
	]),
];
