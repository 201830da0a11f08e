import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { createNodeTypes } from './harness/registry';
import { seenError } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { useBench } from './support/useBench';

/** Text fields take text and numbers; what else an expression finds must not be sent as "[object Object]". */

const bench = useBench({ plans: 0 });

const order: IDataObject = { planId: planById(SAMPLE_PLAN), customOrderNo: '1001-1' };
const best = (given: IDataObject): IDataObject => ({ countryCodes: 'JP', ...given });
const code = 'LPA:1$smdp.example.com$ABCD-1234';

/** What people find at the end of an expression that went one step too few. */
const NO_TEXT = [
	'={{ ({ note: "gift" }) }}',
	'={{ [{ note: "gift" }] }}',
	'={{ true }}',
	'={{ NaN }}',
	'={{ new Date("never") }}',
];

/** Every text field of the node: resource, operation, label, and where the value goes. */
const FIELDS: Array<[string, string, string, (value: string) => IDataObject]> = [
	['order', 'create', 'Custom Order Number', (value) => ({ ...order, customOrderNo: value })],
	['order', 'create', 'Plan', (value) => ({ ...order, planId: planById(value) })],
	...(
		[
			['Customer Email', 'delivery', 'customEmail'],
			['Notify URL', 'delivery', 'notifyUrl'],
			['Put QR Code in Field', 'delivery', 'qrCodeField'],
			['Expected Plan Name', 'checks', 'expectedPlanName'],
			['Known Refusals', 'options', 'knownRefusals'],
			['Remark', 'options', 'remark'],
		] as const
	).map(([label, place, name]): (typeof FIELDS)[number] => [
		'order',
		'create',
		label,
		(value) => ({ ...order, [place]: { [name]: value } }),
	]),
	...(['get', 'waitForDelivery'] as const).map((operation): (typeof FIELDS)[number] => [
		'order',
		operation,
		'Put QR Code in Field',
		(value) => ({ topupId: '202308161431187762753800', options: { qrCodeField: value } }),
	]),
	['order', 'get', 'Order ID', (value) => ({ topupId: value })],
	['order', 'waitForDelivery', 'Order ID', (value) => ({ topupId: value })],
	[
		'order',
		'requestCallback',
		'Order ID',
		(value) => ({ topupId: value, callbackUrl: 'https://a.b' }),
	],
	[
		'order',
		'requestCallback',
		'Callback URL',
		(value) => ({ topupId: '202308161431187762753800', callbackUrl: value }),
	],
	[
		'order',
		'requestCallback',
		'Address Parameter',
		(value) => ({
			topupId: '202308161431187762753800',
			callbackUrl: 'https://shop.example.com/esim',
			options: { addressParameter: value },
		}),
	],
	['esim', 'get', 'Order ID', (value) => ({ topupId: value, deviceId: '1' })],
	['esim', 'get', 'Device ID', (value) => ({ topupId: '1', deviceId: value })],
	['esim', 'getAlerts', 'Order ID', (value) => ({ topupId: value, deviceId: '1' })],
	['esim', 'getAlerts', 'Device ID', (value) => ({ topupId: '1', deviceId: value })],
	['esim', 'getEvents', 'Device ID', (value) => ({ deviceId: value })],
	['esim', 'terminate', 'Order ID', (value) => ({ topupId: value, deviceId: '1' })],
	['esim', 'terminate', 'Device ID', (value) => ({ topupId: '1', deviceId: value })],
	['esim', 'getQrCode', 'Activation Code', (value) => ({ activationCode: value })],
	[
		'esim',
		'getQrCode',
		'Put Output File in Field',
		(value) => ({ activationCode: code, options: { outputField: value } }),
	],
	[
		'esim',
		'getQrCode',
		'File Name',
		(value) => ({ activationCode: code, options: { fileName: value } }),
	],
	['dataPlan', 'get', 'Plan', (value) => ({ planId: planById(value) })],
	['dataPlan', 'getMany', 'Name Contains', (value) => ({ filters: { nameContains: value } })],
	['dataPlan', 'getMany', 'Country Codes', (value) => ({ filters: { countryCodes: value } })],
	['dataPlan', 'findBest', 'Country Codes', (value) => ({ countryCodes: value })],
	['dataPlan', 'findBest', 'Currency', (value) => best({ conditions: { currency: value } })],
	[
		'dataPlan',
		'findBest',
		'Name Contains',
		(value) => best({ conditions: { nameContains: value } }),
	],
	[
		'dataPlan',
		'findBest',
		'Sales Currency',
		(value) => best({ pricing: { currency: value, rate: 1 } }),
	],
];

it('are all in the list above', () => {
	const node = createNodeTypes().getByNameAndVersion('n8n-nodes-microesim.microesim', 1);
	const { properties } = node.description;
	// what version 1 and tools have elsewhere is the same (order/versions.test.ts, plans/asTool.test.ts)
	const isShown = ({ displayOptions: { show } = {} }: INodeProperties) =>
		!show?.['@version']?.includes(1) && !show?.['@tool']?.includes(true);
	const textFields = properties.filter(isShown).flatMap((field) => {
		const { resource = [], operation = [] } = field.displayOptions?.show ?? {};
		const inside = field.type === 'collection' ? (field.options as INodeProperties[]) : [field];
		return inside
			.filter(({ type }) => type === 'string' || type === 'resourceLocator')
			.map(
				({ displayName }) => `${resource[0] as string},${operation[0] as string},${displayName}`,
			);
	});
	expect(FIELDS.map(([...of]) => of.slice(0, 3).join()).sort()).toEqual(textFields.sort());
});

describe.each(FIELDS)('%s → %s, field "%s"', (resource, operation, label, parameters) => {
	it.each(NO_TEXT)('refuses %s before anything is sent', async (value) => {
		const result = await bench.run(resource, operation, parameters(value));
		expect(seenError(result).message).toContain(`"${label}" must be text`);
		expect(bench.simulator.requests).toEqual([]);
	});
});

describe('what counts as text', () => {
	it('a number, as its digits', async () => {
		const result = await bench.run('order', 'create', {
			...order,
			customOrderNo: '={{ 1001 }}',
			options: { remark: '={{ 7 }}' },
		});
		expect(result.json()).toMatchObject([{ custom_order_no: '1001', remark: '7' }]);
	});

	it.each(['={{ null }}', '={{ undefined }}', '={{ "" }}', ' '])(
		'nothing, where an option is left empty by %s',
		async (value) => {
			const options = { remark: value, customEmail: value, notifyUrl: value };
			const result = await bench.run('order', 'create', { ...order, options });
			const [bought] = result.json();
			expect(bought).toHaveProperty('topup_id');
			expect(bought).not.toHaveProperty('remark');
			expect(bought).not.toHaveProperty('custom_email');
			expect(bought).not.toHaveProperty('notify_url');
		},
	);

	it('a date, in ISO 8601', async () => {
		const parameters = {
			...order,
			customOrderNo: '={{ DateTime.fromISO("2026-11-25T10:00Z").toUTC() }}',
		};
		const options = { remark: '={{ new Date(0) }}' };
		const result = await bench.run('order', 'create', { ...parameters, options });
		expect(result.json()).toMatchObject([
			{ custom_order_no: '2026-11-25T10:00:00.000Z', remark: '1970-01-01T00:00:00.000Z' },
		]);
	});

	it.each(['={{ ["jp", "kr"] }}', '={{ [null, "jp"] }}', 'JP'])(
		'country codes, also as a list: %s',
		async (countryCodes) => {
			const parameters = { returnAll: true, filters: { countryCodes } };
			const plans = (await bench.run('dataPlan', 'getMany', parameters)).json();
			expect(plans.length).toBeGreaterThan(0);
			for (const { countries } of plans) expect(countries).toContain('JP');
		},
	);

	it('no country codes, where a list holds nothing', async () => {
		const found = async (filters: IDataObject) =>
			(await bench.run('dataPlan', 'getMany', { returnAll: true, filters })).json().length;
		expect(await found({ countryCodes: '={{ [null] }}' })).toBe(await found({}));
	});

	it('a number too long to be exact is refused in options, too', async () => {
		const options = { remark: '={{ 202308161431187762753800 }}' };
		const result = await bench.run('order', 'create', { ...order, options });
		expect(seenError(result).message).toContain('holds a number too long to be exact');
		expect(bench.simulator.ledger).toEqual([]);
	});
});

it('an error tells what kind of thing was found, but nothing of what is in it', async () => {
	const code = await bench.run('esim', 'getQrCode', {
		activationCode: '={{ ({ lpa_string: "LPA:1$smdp.example.com$SECRET-1234" }) }}',
	});
	expect(seenError(code).message).toContain('but is an object (lpa_string …)');
	expect(JSON.stringify(seenError(code))).not.toContain('SECRET');
	const address = await bench.run('order', 'create', {
		...order,
		options: { notifyUrl: '={{ ["https://shop.example.com/esim?token=SECRET-5678"] }}' },
	});
	expect(seenError(address).message).toContain('but is a list');
	expect(JSON.stringify(seenError(address))).not.toContain('SECRET');
});
