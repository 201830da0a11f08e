import type { INodeProperties } from 'n8n-workflow';

import { AMOUNTS } from '../../shared/numberRange';

/** What Create can be told beside what to buy; createFields.ts groups it. */

export const concurrentOrders: INodeProperties = {
	displayName: 'Concurrent Orders',
	name: 'concurrentOrders',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10 },
	default: 1,
	description: 'How many orders may be on their way at once. Read from the first item, for all.',
};

export const customEmail: INodeProperties = {
	displayName: 'Customer Email',
	name: 'customEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'MicroeSIM itself mails the eSIM to this address when it is ready',
};

export const expectedPlanName: INodeProperties = {
	displayName: 'Expected Plan Name',
	name: 'expectedPlanName',
	type: 'string',
	default: '',
	placeholder: 'e.g. JapanIIJ-unlimited-5',
	description: 'Buys nothing when the plan has another name now: MicroeSIM reuses plan IDs',
};

export const ifDuplicate: INodeProperties = {
	displayName: 'If Duplicate',
	name: 'ifDuplicate',
	type: 'options',
	options: [
		{
			name: 'Pass On',
			value: 'passOn',
			description:
				'The item goes on with duplicate: true, and with the order ID where it is known. Where it may have been bought, there is an error all the same.',
		},
		{ name: 'Stop With an Error', value: 'error' },
	],
	default: 'passOn',
	description: 'What to do with an item whose Custom Order Number was ordered before',
};

export const keepBalanceAbove: INodeProperties = {
	displayName: 'Keep Balance Above',
	name: 'keepBalanceAbove',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
	default: 0,
	description:
		'Buys nothing that would leave less than this amount in the account, or is priced in another currency than it',
};

export const knownRefusals: INodeProperties = {
	displayName: 'Known Refusals',
	name: 'knownRefusals',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. 4003',
	description:
		'Codes or whole texts, one per line, by which MicroeSIM is known to refuse your orders. Its document lists none, so an answer that this node does not know counts as "may have been bought". HTTP 5xx, and an answer that shows an order, do so in any case.',
};

export const maximumUnitPrice: INodeProperties = {
	displayName: 'Maximum Unit Price',
	name: 'maximumUnitPrice',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: AMOUNTS.to, numberPrecision: 2 },
	default: 0,
	description:
		'Buys nothing when one eSIM of the plan costs more now, in the currency of the account, or is priced in another one',
};

export const notifyUrl: INodeProperties = {
	displayName: 'Notify URL',
	name: 'notifyUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/esim',
	description:
		'Address that MicroeSIM calls when the order is ready. End it with ?token= and nothing behind it: the URL Token of the credential is put there when the order leaves. The document of MicroeSIM does not name this parameter (notify_url), but shops use it.',
};

export const mustBeOnSale: INodeProperties = {
	displayName: 'Plan Must Be On Sale',
	name: 'mustBeOnSale',
	type: 'boolean',
	default: true,
	description:
		'Whether to buy nothing when the plan cannot be bought any more. Reads the catalogue once per run.',
};

export const preventDuplicates: INodeProperties = {
	displayName: 'Prevent Duplicate Orders',
	name: 'preventDuplicates',
	type: 'boolean',
	default: true,
	description:
		'Whether this node orders each Custom Order Number only once. On unless it is switched off here. The numbers are kept in the database of n8n, for this node and the account of its credential.',
};

export const remark: INodeProperties = {
	displayName: 'Remark',
	name: 'remark',
	type: 'string',
	default: '',
	description: 'A note that is kept with the order',
};

export const requireActivationDate: INodeProperties = {
	displayName: 'Require Activation Date',
	name: 'requireActivationDate',
	type: 'boolean',
	default: true,
	description:
		'Whether to buy nothing when the plan becomes active with the order and no Activation Date is set',
};

export const splitQuantity: INodeProperties = {
	displayName: 'Split Quantity Into Single Orders',
	name: 'splitQuantity',
	type: 'boolean',
	default: false,
	description:
		'Whether to place one order per eSIM, as MicroeSIM recommends. They are numbered -1, -2 and so on behind the Custom Order Number.',
};

export const waitForDelivery: INodeProperties = {
	displayName: 'Wait for Delivery',
	name: 'waitForDelivery',
	type: 'boolean',
	default: true,
	description:
		'Whether to wait until the eSIMs are ready and put out one item per eSIM. All orders of the run are waited for together.',
};
