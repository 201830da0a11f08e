import type { IDataObject } from 'n8n-workflow';

import { seenError } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { useBench } from './support/useBench';

/** Text fields take text and numbers; what else an expression finds must not be sent as "[object Object]". */

const bench = useBench({ plans: 0 });

const order: IDataObject = { planId: planById(SAMPLE_PLAN), customOrderNo: '1001-1' };
const code = 'LPA:1$smdp.example.com$ABCD-1234';

/** What people find at the end of an expression that went one step too few. */
const NO_TEXT = ['={{ ({ note: "gift" }) }}', '={{ [{ note: "gift" }] }}', '={{ true }}'];

/** Every text field of the node: resource, operation, label, and where the value goes. */
const FIELDS: Array<[string, string, string, (value: string) => IDataObject]> = [
	['order', 'create', 'Custom Order Number', (value) => ({ ...order, customOrderNo: value })],
	['order', 'create', 'Plan', (value) => ({ ...order, planId: planById(value) })],
	...(
		[
			['Customer Email', 'customEmail'],
			['Expected Plan Name', 'expectedPlanName'],
			['Notify URL', 'notifyUrl'],
			['Remark', 'remark'],
		] as const
	).map(([label, name]): (typeof FIELDS)[number] => [
		'order',
		'create',
		label,
		(value) => ({ ...order, options: { [name]: value } }),
	]),
	['order', 'get', 'Order ID', (value) => ({ topupId: value })],
	['order', 'waitForDelivery', 'Order ID', (value) => ({ topupId: value })],
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
	['esim', 'get', 'Device ID', (value) => ({ topupId: '1', deviceId: value })],
	['esim', 'getEvents', 'Device ID', (value) => ({ deviceId: value })],
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
	['dataPlan', 'getMany', 'Name Contains', (value) => ({ filters: { nameContains: value } })],
	['dataPlan', 'getMany', 'Country Codes', (value) => ({ filters: { countryCodes: value } })],
];

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

	it('several country codes as a list', async () => {
		const filters = { countryCodes: '={{ ["jp", "kr"] }}' };
		const result = await bench.run('dataPlan', 'getMany', { returnAll: true, filters });
		expect(result.error()).toBeUndefined();
	});

	it('a number too long to be exact is refused in options, too', async () => {
		const options = { remark: '={{ 202308161431187762753800 }}' };
		const result = await bench.run('order', 'create', { ...order, options });
		expect(seenError(result).message).toContain('holds a number too long to be exact');
		expect(bench.simulator.ledger).toEqual([]);
	});
});
