import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields';
import { triggerOptions } from './options';

/** Where the address of the trigger goes: said in the panel, the notice and after activation. */
export const WHERE_IT_GOES =
	'Copy the Production URL of this node into Order → Create → Delivery → Notify URL. Or ask MicroeSIM support to make it the callback address of your account. MicroeSIM has no call to register it, so it cannot be done from here.';

/** n8n's own words while it listens say none of it. */
export const FOR_A_TEST =
	'For a test, press "Execute step" and use the Test URL in its place: it listens until one push came. Either address must be reachable from the internet.';

/** By this name n8n finds what a trigger starts on, for the nodes panel. */
const triggerOnField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'eSIM Delivered',
			value: 'esimDelivered',
			action: 'On eSIM delivered',
			description: 'Once for each eSIM of an order, when MicroeSIM has made it',
		},
	],
	default: 'esimDelivered',
};

const urlTokenField: INodeProperties = {
	displayName: 'URL Token',
	name: 'urlToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'A secret that the callback address must carry: ?token=… . n8n saves it in plain with every execution, so move it to the field URL Token of the credential and empty this one.',
};

export const triggerFields: INodeProperties[] = [
	triggerOnField,
	{ displayName: `${WHERE_IT_GOES} ${FOR_A_TEST}`, name: 'notice', type: 'notice', default: '' },
	{
		displayName: 'Verify Push By',
		name: 'verifyBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Looking Up the eSIM',
				value: 'lookup',
				description:
					'Asks MicroeSIM whether the order and the eSIM belong together. The activation code is taken from the push.',
			},
			{
				name: 'Looking Up the Order',
				value: 'order',
				description:
					'Reads the order and shows only what MicroeSIM says of it, the activation code, too',
			},
			{
				name: 'Nothing',
				value: 'nothing',
				description: 'For workflows that have the URL Token in this node',
				displayOptions: { show: { verifyBy: ['nothing'] } },
			},
			{
				name: 'Signature Headers',
				value: 'signature',
				description: 'Checks the four signature headers; for accounts whose pushes are signed',
			},
			{
				name: 'URL Token',
				value: 'token',
				description:
					'Believes every push whose address carries the URL Token of the credential; nothing is asked of MicroeSIM',
			},
		],
		default: 'lookup',
		description: 'How a push is checked before it starts the workflow',
	},
	{
		displayName:
			"MicroeSIM's document says to use <b>either</b> the push <b>or</b> this request (topupDetail) for an order. Shops use both; ask MicroeSIM's support before you do.",
		name: 'orderNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyBy: ['order'] } },
	},
	{
		displayName:
			'A secret in the address keeps strangers from having MicroeSIM asked in your name: set <b>URL Token</b> in the credential, and add ?token=… and the token to the address.',
		name: 'tokenNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyBy: ['lookup', 'order', 'signature'] } },
	},
	{
		displayName:
			'Whoever learns the address with its token can make this workflow mail made-up eSIMs. The token must be long and random.',
		name: 'nothingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifyBy: ['nothing', 'token'] } },
	},
	// n8n drops the value of a field whose condition is about itself; this one keeps it.
	{ ...urlTokenField, type: 'hidden', typeOptions: undefined },
	{ ...urlTokenField, displayOptions: { show: { verifyBy: ['nothing'] } } },
	{
		...urlTokenField,
		displayOptions: {
			show: { urlToken: [{ _cnd: { exists: true } }] },
			hide: { verifyBy: ['nothing'] },
		},
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description: 'As soon as the run is queued',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description:
					'After the run: when it fails, MicroeSIM pushes the eSIM again. A run that sleeps counts as finished.',
			},
		],
		default: 'onReceived',
		description: 'When MicroeSIM gets its answer',
	},
	{
		displayName:
			'At least once: a run that fails is started again with the next push, so let the nodes behind stand a second run. <b>A run that falls asleep counts as finished</b>: a Wait of 65 seconds or more, a wait for a webhook or an approval; what fails after that is not pushed again. Runs should take seconds: MicroeSIM waits for the answer, also while a limit of executions keeps the run in line.',
		name: 'lastNodeNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { respond: ['lastNode'] } },
	},
	simplifyField,
	triggerOptions,
];
