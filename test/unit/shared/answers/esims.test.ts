import { readOrder } from '../../../../nodes/Microesim/shared/answers/esims';
import { itemPerEsim, itemPerOrder } from '../../../../nodes/Microesim/shared/answers/orderItems';
import samples from '../../../fixtures/document-samples.json';

const ID = '202308161431187762753800';
const order = samples.topupDetail.result;
const whole = {
	topup_id: ID,
	number: 2,
	success_number: 2,
	channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
	channel_dataplan_name: 'Global 66-Total1GB-7-A0',
	create_time: '2024-08-16T14:00:08+08:00',
	type: 'esim',
	delivered: true,
	esims_open: 0,
};
const second = {
	device_id: '9000024081684603',
	lpa_str: 'LPA:1$rsp-eu.simlessly.com$56C139A2ED0CA148F9AF57364F6DDDEF',
	qrcode: 'https://microesim.top/files/9999-9000024081684603',
	ios_esim_install_link:
		'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$rsp-eu.simlessly.com$56C139A2ED0CA148F9AF57364F6DDDEF',
	android_esim_install_link:
		'https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1$rsp-eu.simlessly.com$56C139A2ED0CA148F9AF57364F6CCCEF',
	msisdn: '482222233333',
	cf_code: '000888',
	operator_iccid: null,
	activation_code: {
		lpa_string: 'LPA:1$rsp-eu.simlessly.com$56C139A2ED0CA148F9AF57364F6DDDEF',
		sm_dp_address: 'rsp-eu.simlessly.com',
		matching_id: '56C139A2ED0CA148F9AF57364F6DDDEF',
		sm_dp_oid: null,
		confirmation_code_required: false,
	},
};

describe('the order of the API document', () => {
	it('becomes one item per eSIM, each with its own values and those of the order', () => {
		const items = itemPerEsim(readOrder(order, ID));
		expect(items).toHaveLength(2);
		expect(items[0]).toMatchObject({
			...whole,
			device_id: '9000024081603874',
			msisdn: '482222233223',
			cf_code: '000777',
		});
		expect(items[1]).toEqual({ ...whole, ...second });
	});

	it('becomes one item with its eSIMs as a list', () => {
		const item = itemPerOrder(readOrder(order, ID));
		expect(item).toMatchObject(whole);
		expect((item.esims as unknown[])[1]).toEqual(second);
		expect(item).not.toHaveProperty('lpa_str');
	});

	it('is the same when it comes as scalars under the names of one eSIM, as the push does', () => {
		const pushed = readOrder(samples['topupDetail-async'].data, ID);
		expect(pushed).toMatchObject({ wanted: 1, open: 0, delivered: true });
		expect(itemPerEsim(pushed)).toEqual([
			expect.objectContaining({
				number: 1,
				create_time: '2023-04-27T15:39:47+08:00',
				device_id: '9000024081603874',
				lpa_str: 'LPA:1$rsp-eu.simlessly.com$580FFE02FFEE57965B6EECA132DA088D',
				msisdn: '482222233223',
				cf_code: '000888',
			}),
		]);
	});

	it('keeps what describes the order as a whole, known or not', () => {
		const items = itemPerEsim(
			readOrder({ ...order, status: 'Success', apn: 'vmobile.jp', new_field: [1] }, ID),
		);
		for (const item of items)
			expect(item).toMatchObject({ status: 'Success', apn: 'vmobile.jp', new_field: [1] });
	});

	it('shows the real ICCIDs beside the eSIMs they belong to', () => {
		const items = itemPerEsim(
			readOrder({ ...order, operator_iccids: ['8948010000000000001', '8948010000000000002'] }, ID),
		);
		expect(items.map((item) => item.operator_iccid)).toEqual([
			'8948010000000000001',
			'8948010000000000002',
		]);
	});
});

describe('an order that is still being made', () => {
	it.each([
		['no result', undefined],
		['a result that is null', null],
		['a word instead of a result', 'Processing'],
		['an empty result', {}],
		['only a status', { status: 'Processing' }],
		['empty lists', { topup_id: ID, device_ids: [], lpa_str: [], qrcode: [] }],
		[
			'lists of empty strings',
			{ topup_id: ID, number: 1, device_ids: [''], lpa_str: [''], qrcode: [''] },
		],
		['lists of null', { topup_id: ID, number: 1, device_ids: [null], lpa_str: [null] }],
		['empty scalars', { topup_id: ID, number: '1', device_ids: '', lpa_str: '', qrcode: null }],
		[
			'a device without its code',
			{ topup_id: ID, number: 1, device_ids: ['9000024081603874'], lpa_str: [''] },
		],
		[
			'a device as a scalar',
			{ topup_id: ID, number: 1, device_ids: '9000024081603874', lpa_str: '' },
		],
	])('is not delivered, and is one item with its id: %s', (_shape, result) => {
		const made = readOrder(result, ID);
		expect(made).toMatchObject({ wanted: 1, open: 1, delivered: false });
		const items = itemPerEsim(made);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			topup_id: ID,
			number: 1,
			delivered: false,
			esims_open: 1,
			lpa_str: null,
			activation_code: null,
		});
		expect(itemPerOrder(made)).toMatchObject({ topup_id: ID, delivered: false, esims_open: 1 });
	});

	it('counts the eSIMs that are open while some are ready', () => {
		const lpa_str = ['LPA:1$a.example$A', '', 'LPA:1$a.example$C'];
		expect(readOrder({ number: 3, lpa_str }, ID)).toMatchObject({
			wanted: 3,
			open: 1,
			delivered: false,
		});
		expect(readOrder({ number: '5', lpa_str }, ID)).toMatchObject({
			wanted: 5,
			open: 3,
			delivered: false,
		});
		expect(readOrder({ number: 3, device_ids: [], lpa_str: [] }, ID)).toMatchObject({
			wanted: 3,
			open: 3,
			delivered: false,
		});
	});

	it('is delivered at the moment the last code is there', () => {
		const lpa_str = ['LPA:1$a.example$A', 'LPA:1$a.example$B'];
		expect(readOrder({ number: 2, lpa_str }, ID)).toMatchObject({ open: 0, delivered: true });
		expect(readOrder({ number: '2', lpa_str: [lpa_str[0]] }, ID)).toMatchObject({
			open: 1,
			delivered: false,
		});
	});

	it('is delivered when its one eSIM comes as scalars', () => {
		const made = readOrder(
			{ number: 1, device_ids: '9000024081603874', lpa_str: 'LPA:1$a.example$A' },
			ID,
		);
		expect(made).toMatchObject({ wanted: 1, open: 0, delivered: true });
		expect(itemPerEsim(made)[0]).toMatchObject({
			device_id: '9000024081603874',
			lpa_str: 'LPA:1$a.example$A',
		});
	});

	it('keeps the device of a scalar when the list for it is there but empty', () => {
		for (const device_ids of [[], [''], '']) {
			const made = readOrder(
				{ number: 1, device_ids, device_id: '9000024081603874', lpa_str: ['LPA:1$a.example$A'] },
				ID,
			);
			expect(itemPerEsim(made)[0]).toMatchObject({
				device_id: '9000024081603874',
				lpa_str: 'LPA:1$a.example$A',
			});
		}
	});
});

describe('an eSIM whose code is of another form', () => {
	it('is delivered all the same, with the code as it came', () => {
		const made = readOrder({ number: 1, lpa_str: ['see mail'] }, ID);
		expect(itemPerEsim(made)[0]).toMatchObject({
			delivered: true,
			lpa_str: 'see mail',
			activation_code: null,
		});
	});
});
