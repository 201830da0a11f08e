import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { needsField } from '../harness/olderN8n';
import { createNodeTypes } from '../harness/registry';
import { useFastClock } from '../support/fastClock';
import { items, sentTo } from '../support/look';
import { ORDER, useShop } from './support';

/** What version 1 has in "Options", and where version 2 has it: workflows that were saved with either do the same. */

useFastClock(5);
const shop = useShop();

interface Setting {
	name: string;
	/** Where version 2 has it; undefined for a field of its own. */
	place?: 'options' | 'checks' | 'delivery';
	value: unknown;
	more?: IDataObject;
	/** What shows it, where no run of this file does. */
	shownBy?: string;
	prepare?: () => void;
}

const SETTINGS: Setting[] = [
	{ name: 'concurrentOrders', place: 'options', value: 11 },
	{ name: 'customEmail', place: 'delivery', value: 'somebody@shop.example' },
	{ name: 'expectedPlanName', place: 'checks', value: 'Another name' },
	{ name: 'ifDuplicate', place: 'options', value: 'error' },
	{
		name: 'ifNotReady',
		value: 'error',
		more: { waitForDelivery: true, maximumWait: 1 },
		shownBy: 'createAndWait',
	},
	{ name: 'keepBalanceAbove', place: 'checks', value: 999_999_999 },
	{
		name: 'knownRefusals',
		place: 'options',
		value: 'E-1',
		prepare: () =>
			shop.simulator.faults.always('esimSubscribe', { kind: 'code', code: 'E-1', msg: 'Hm' }),
	},
	{ name: 'maximumUnitPrice', place: 'checks', value: 0.01 },
	{ name: 'maximumWait', value: 0, more: { waitForDelivery: true } },
	{ name: 'notifyUrl', place: 'delivery', value: 'https://shop.example/esim' },
	{ name: 'mustBeOnSale', place: 'checks', value: 'perhaps' },
	{ name: 'preventDuplicates', place: 'options', value: false },
	{ name: 'remark', place: 'options', value: 'a gift' },
	{ name: 'requireActivationDate', place: 'checks', value: 'perhaps' },
	{ name: 'splitQuantity', place: 'options', value: true },
	{ name: 'waitForDelivery', value: true },
];

let workflows = 0;

/** What a run did, without what differs from run to run. */
async function whatHappens(
	typeVersion: number,
	parameters: IDataObject,
	prepare?: () => void,
): Promise<unknown> {
	shop.reset();
	prepare?.();
	const { simulator, engine, credential } = shop;
	const workflowId = `versions-${++workflows}`;
	const buy = async (input: INodeExecutionData[]) =>
		await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			typeVersion,
			parameters: { resource: 'order', operation: 'create', ...ORDER, quantity: 2, ...parameters },
			credentials: { microesimApi: credential },
			workflowId,
			input,
		});
	const runs = [];
	for (const input of [items('7001-1'), items('7001-1')]) {
		const result = await buy(input);
		const error = result.error();
		runs.push(
			error
				? (error as { message: string }).message
				: result.json().map((json) => ({ ...json, topup_id: 'any', device_id: 'any' })),
		);
	}
	const sent = sentTo(simulator, 'esimSubscribe').map(({ fields }) => fields);
	return JSON.parse(JSON.stringify({ runs: withoutIds(runs), sent }));
}

const IDS =
	/^(topup_id|device_id|lpa_str|qrcode|.*link|activation_code|sm_dp_.*|matching_id|confirmation_code_required|create_time|.*iccid|msisdn|cf_code)$/;
const withoutIds = (value: unknown): unknown => {
	if (typeof value === 'string') return value.replace(/\d{20,}/g, 'id');
	if (Array.isArray(value)) return value.map(withoutIds);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !IDS.test(name))
			.map(([name, one]) => [name, withoutIds(one)]),
	);
};

it.each(SETTINGS)('$name does the same in both versions', async (setting) => {
	const { name, place, value, more, shownBy, prepare } = setting;
	const given = { [name]: value } as IDataObject;
	const inSecond = place ? { [place]: given, ...more } : { ...given, ...more };
	const first = await whatHappens(1, { options: { ...given, ...more } }, prepare);
	const second = await whatHappens(2, inSecond, prepare);
	expect(second).toEqual(first);
	// Otherwise neither has read it.
	const without = await whatHappens(2, { ...more }, prepare);
	if (shownBy === undefined) expect(second).not.toEqual(without);
});

it('all settings of version 1 are in the list above', () => {
	const { properties } = createNodeTypes().getByNameAndVersion(
		'n8n-nodes-microesim.microesim',
		1,
	).description;
	const formerly = properties.find(
		({ name, displayOptions }) =>
			name === 'options' && displayOptions?.show?.['@version']?.includes(1),
	);
	const names = (formerly?.options as INodeProperties[]).map(({ name }) => name);
	expect(SETTINGS.map(({ name }) => name).sort()).toEqual([...names].sort());
});

it('begins with an order in version 1, which saved no resource, and with what reads in version 2', async () => {
	const { simulator, engine, credential } = shop;
	const run = async (typeVersion: number) =>
		await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			typeVersion,
			parameters: { planId: { __rl: true, mode: 'id', value: '' }, customOrderNo: 'x' } as never,
			credentials: { microesimApi: credential },
			workflowId: `fresh-${typeVersion}`,
		});
	await expect(run(1)).rejects.toThrow(needsField('Plan'));
	expect(simulator.requests).toEqual([]);
	expect((await run(2)).json()[0]).toHaveProperty('price');
});

describe('the parts of the activation code', () => {
	const PARTS = ['sm_dp_address', 'matching_id', 'confirmation_code_required', 'sm_dp_oid'];

	interface Case {
		name: string;
		operation: string;
		resource?: string;
		parameters(order: { topup_id: string; code: string }): IDataObject;
	}
	const CASES: Case[] = [
		{ name: 'Get', operation: 'get', parameters: ({ topup_id }) => ({ topupId: topup_id }) },
		{
			name: 'Get, one item per order',
			operation: 'get',
			parameters: ({ topup_id }) => ({ topupId: topup_id, output: 'perOrder' }),
		},
		{
			name: 'Wait for Delivery',
			operation: 'waitForDelivery',
			parameters: ({ topup_id }) => ({ topupId: topup_id }),
		},
		{
			name: 'Create',
			operation: 'create',
			parameters: () => ({
				...ORDER,
				customOrderNo: 'parts-2',
				waitForDelivery: true,
				options: { waitForDelivery: true },
			}),
		},
		{
			name: 'Get QR Code',
			resource: 'esim',
			operation: 'getQrCode',
			parameters: ({ code }) => ({ activationCode: code }),
		},
	];

	it.each(CASES)(
		'are an object in version 1 and fields in version 2: $name',
		async ({ resource = 'order', operation, parameters }) => {
			const { engine, credential, simulator } = shop;
			const number = `parts-${++workflows}`;
			await shop.buy({ input: items(number) });
			const { topup_id, esims } = simulator.ledger.at(-1)!;
			const order = { topup_id, code: esims[0]!.lpa_str };
			const esimOf = async (typeVersion: number) => {
				const result = await engine.runNode({
					type: 'n8n-nodes-microesim.microesim',
					typeVersion,
					parameters: { resource, operation, ...parameters(order) },
					credentials: { microesimApi: credential },
					workflowId: `parts-${++workflows}`,
				});
				const [item] = result.json();
				return (item!.esims as IDataObject[] | undefined)?.[0] ?? item!;
			};
			const [first, second] = [await esimOf(1), await esimOf(2)];
			const partsOf = ({ lpa_str }: IDataObject) => {
				const [, host, matchingId] = (lpa_str as string).split('$');
				return { sm_dp_address: host, matching_id: matchingId };
			};
			expect(second).toMatchObject(partsOf(second));
			expect(second).not.toHaveProperty('activation_code');
			expect(PARTS.every((part) => part in second && !(part in first))).toBe(true);
			expect(first.activation_code).toMatchObject({
				lpa_string: first.lpa_str,
				...partsOf(first),
				confirmation_code_required: second.confirmation_code_required,
			});
		},
	);
});
