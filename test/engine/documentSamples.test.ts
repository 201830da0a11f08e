import type { IDataObject } from 'n8n-workflow';

import samples from '../fixtures/document-samples.json';
import { planById } from './support/microesim';
import { useBench } from './support/useBench';

const bench = useBench();

/** What an operation makes of the sample answer of an endpoint. */
async function made(
	endpoint: keyof typeof samples,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
) {
	const body = JSON.stringify(samples[endpoint]);
	bench.simulator.faults.always(endpoint, {
		kind: 'http',
		status: 200,
		body,
		contentType: 'application/json',
	});
	const result = await bench.run(resource, operation, parameters);
	expect(result.error()).toBeUndefined();
	return result.json();
}

const ORDER = '202308161431187762753800';

const japan = (
	id: string,
	name: string,
	price: number,
	day: number,
	ip: string,
	rule_desc: string,
	ekyc = false,
) => ({
	channel_dataplan_id: id,
	channel_dataplan_name: name,
	price,
	currency: 'HKD',
	status: '1',
	on_sale: true,
	day,
	data: 'unlimited',
	data_type: 'unlimited',
	data_mb: null,
	apn: 'vmobile.jp',
	active_type: 'ACTIVEDBYDEVICE',
	code: 'JP',
	countries: ['JP'],
	networks: [{ country: 'JP', operators: [{ name: 'Docomo(IIJ)', generations: ['4G', 'LTE'] }] }],
	ip,
	rule_desc,
	validity_period: 60,
	special_desc: ekyc ? 'ekyc required esim' : null,
	ekyc_required: ekyc,
});

const plans = (ekyc: boolean) => [
	japan(
		'b1a926e1-d770-4e03-804e-c527b9397eb9',
		'Global 66-Total1GB-7-A0-test',
		524,
		30,
		'PL',
		'unlimited 512kbps',
	),
	japan(
		'202408136e79772A718449EEE9290CAC3',
		'JapanIIJ-unlimited-15-test',
		279.62,
		15,
		'PL',
		'unlimited 512kbps',
		ekyc,
	),
	japan(
		'2024081342489905C36Eee9eA513390E9',
		'JapanIIJ-unlimited-10-test',
		209,
		10,
		'HK',
		'unlimited 128kb',
		ekyc,
	),
	japan(
		'20240813E215A8C7D92367249770119e6',
		'JapanIIJ-unlimited-5-test',
		112.88,
		5,
		'HK',
		'terminate',
		ekyc,
	),
	japan(
		'2024081362C6C4EA4220B2D5224e2ee1E',
		'JapanIIJ-unlimited-3-test',
		71.62,
		3,
		'HK',
		'unlimited',
		ekyc,
	),
];

it('esimDataplanList becomes five plans', async () => {
	const parameters = { returnAll: true, options: { source: 'fullList' } };
	expect(await made('esimDataplanList', 'dataPlan', 'getMany', parameters)).toEqual(plans(false));
});

it('esimDataplanListPage becomes five plans, four of them with eKYC', async () => {
	expect(await made('esimDataplanListPage', 'dataPlan', 'getMany', { returnAll: true })).toEqual(
		plans(true),
	);
});

it('esimDataplanListPage stays as it came when Simplify is off', async () => {
	const raw = await made('esimDataplanListPage', 'dataPlan', 'getMany', {
		returnAll: true,
		simplify: false,
	});
	expect(raw).toEqual(samples.esimDataplanListPage.result.list);
});

it('esimDataplanListPage holds the plan that is asked for', async () => {
	const parameters = { planId: planById('20240813E215A8C7D92367249770119e6') };
	expect(await made('esimDataplanListPage', 'dataPlan', 'get', parameters)).toEqual([
		plans(true)[3],
	]);
});

it('esimSubscribe becomes an order ID with what was asked', async () => {
	const parameters = {
		planId: planById('b1a926e1-d770-4e03-804e-c527b9397eb9'),
		quantity: 2,
		customOrderNo: '1001',
	};
	expect(await made('esimSubscribe', 'order', 'create', parameters)).toEqual([
		{
			topup_id: ORDER,
			channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
			number: 2,
			custom_order_no: '1001',
		},
	]);
});

const esim = (
	deviceId: string,
	matchingId: string,
	androidId: string,
	msisdn: string,
	cfCode: string,
) => ({
	device_id: deviceId,
	lpa_str: `LPA:1$rsp-eu.simlessly.com$${matchingId}`,
	qrcode: `https://microesim.top/files/9999-${deviceId}`,
	ios_esim_install_link: `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$rsp-eu.simlessly.com$${matchingId}`,
	android_esim_install_link: `https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1$rsp-eu.simlessly.com$${androidId}`,
	msisdn,
	cf_code: cfCode,
	operator_iccid: null,
	sm_dp_address: 'rsp-eu.simlessly.com',
	matching_id: matchingId,
	sm_dp_oid: null,
	confirmation_code_required: false,
});

const order = {
	topup_id: ORDER,
	number: 2,
	channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
	channel_dataplan_name: 'Global 66-Total1GB-7-A0',
	success_number: 2,
	create_time: '2024-08-16T14:00:08+08:00',
	type: 'esim',
	delivered: true,
	esims_open: 0,
};

const esims = [
	esim(
		'9000024081603874',
		'580FFE02FFEE57965B6EECA132DA088D',
		'580FFE02FFEE57965B6EECA132DA028D',
		'482222233223',
		'000777',
	),
	esim(
		'9000024081684603',
		'56C139A2ED0CA148F9AF57364F6DDDEF',
		'56C139A2ED0CA148F9AF57364F6CCCEF',
		'482222233333',
		'000888',
	),
];

it.each(['get', 'waitForDelivery'])('topupDetail becomes two eSIMs (%s)', async (operation) => {
	const [first, second] = esims;
	expect(await made('topupDetail', 'order', operation, { topupId: ORDER })).toEqual([
		{ ...order, ...first },
		{ ...order, ...second },
	]);
});

it('topupDetail becomes one order with two eSIMs when asked', async () => {
	const parameters = { topupId: ORDER, output: 'perOrder' };
	expect(await made('topupDetail', 'order', 'get', parameters)).toEqual([{ ...order, esims }]);
});

it('deviceDetail becomes an eSIM with times, numbers and daily usage', async () => {
	const parameters = { topupId: ORDER, deviceId: '9000024081684603' };
	const day = (date: string, total_usage: number, total_usage_kb: number) => ({
		date,
		total_usage,
		mcc: '286',
		mnc: '02',
		total_usage_kb,
	});
	expect(await made('deviceDetail', 'esim', 'get', parameters)).toEqual([
		{
			topup_id: ORDER,
			device_id: '9000024081684603',
			type: 'esim',
			channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
			channel_dataplan_name: 'Global 66-Total1GB-7-A0',
			status: 'success',
			active_time: '2023-07-05T12:50:46+08:00',
			pause_time: null,
			expire_time: '2023-07-08T12:50:45+08:00',
			terminate_time: null,
			create_time: '2023-07-05T04:06:20+08:00',
			data_usage: 17135.6,
			data_usage_daily: [
				day('2023-07-07', 4904.1, 5021805.12),
				day('2023-07-06', 7990.47, 8182245.451),
				day('2023-07-05', 4241.01, 4342800.965),
			],
			is_daily: true,
			daily_reset_time: '2023-07-07T23:59:59+08:00',
		},
	]);
});

it('eventDetail becomes five events', async () => {
	const event = (event_date: string, notify_type: string) => ({
		device_id: '9000024081684603',
		event_date,
		eid: '89033023426300000000032653960548',
		notification_status: 'Executed-Success',
		notify_type,
	});
	expect(await made('eventDetail', 'esim', 'getEvents', { deviceId: '9000024081684603' })).toEqual([
		event('2023-07-05T04:16:15+08:00', 'DOWNLOADED'),
		event('2023-07-05T04:16:28+08:00', 'INSTALLED'),
		event('2023-07-05T04:16:48+08:00', 'ENABLE'),
		event('2023-07-05T12:50:44+08:00', 'DISABLE'),
		event('2023-07-05T12:50:46+08:00', 'ENABLE'),
	]);
});

it('accountBalance becomes an amount', async () => {
	expect(await made('accountBalance', 'account', 'getBalance')).toEqual([
		{ balance: 14860.23, currency: 'HKD', account: 'MicroeSIM' },
	]);
});
