import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

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
	/^(topup_id|device_id|lpa_str|qrcode|.*link|activation_code|create_time|.*iccid|msisdn|cf_code)$/;
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
	await expect(run(1)).rejects.toThrow('Parameter "Plan" is required');
	expect(simulator.requests).toEqual([]);
	expect((await run(2)).json()[0]).toHaveProperty('price');
});
