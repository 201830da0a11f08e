import type { IDataObject } from 'n8n-workflow';

import { signedHeaders } from '../../unit/simulator/client';
import { post, pushFields, useTriggerBench } from './support';

/** Workflows that were saved with version 0.1.0: their parameters, and what their nodes expect of the items. */

const bench = useTriggerBench();

/** Each parameter and option as that version saved it. */
const SAVED: IDataObject[] = [
	{},
	{ verifyBy: 'lookup', urlToken: 'abc', respond: 'onReceived', simplify: true, options: {} },
	{ verifyBy: 'nothing', urlToken: 'abc', respond: 'lastNode' },
	{ verifyBy: 'signature', urlToken: '' },
	{
		urlToken: 'abc',
		options: {
			orderNumbers: '',
			qrCodeField: 'data',
			rememberDays: 7,
			rememberEntries: 10000,
			responseBody: '{"code":1,"msg":"Success"}',
		},
	},
];

it.each(SAVED)('%j: one item per eSIM, with the fields it had', async (parameters) => {
	// The credential of that version had no URL Token.
	expect(bench.credential).not.toHaveProperty('urlToken');
	const webhook = await bench.serve(parameters, { typeVersion: 1 });
	const order = await bench.buy(2);
	const lists = {
		topup_id: order.topup_id,
		device_id: order.esims.map(({ device_id }) => device_id),
		lpa_str: order.esims.map(({ lpa_str }) => lpa_str),
		qrcode: order.esims.map(({ qrcode }) => qrcode),
		cf_code: ['', '1234'],
		channel_dataplan_id: order.channel_dataplan_id,
		channel_dataplan_name: order.plan.channel_dataplan_name,
		create_time: '2024-08-16 14:00:00',
		type: 'esim',
		remark: 'x',
	};
	for (const body of [lists, { code: 1, data: lists }]) {
		const { status } = await post(`${webhook.url}?token=abc`, body, signedHeaders(bench.simulator));
		expect(status).toBe(200);
	}
	expect(webhook.runs.flat().map(({ json }) => json)).toEqual(
		order.esims.map(({ device_id, lpa_str, qrcode }, index) => ({
			topup_id: order.topup_id,
			number: 2,
			success_number: null,
			channel_dataplan_id: order.channel_dataplan_id,
			channel_dataplan_name: order.plan.channel_dataplan_name,
			create_time: expect.stringMatching(/^\d{4}-.*\+08:00$/) as string,
			type: 'esim',
			delivered: true,
			esims_open: 0,
			remark: 'x',
			device_id,
			lpa_str,
			qrcode,
			ios_esim_install_link: null,
			android_esim_install_link: null,
			msisdn: null,
			cf_code: index === 0 ? null : '1234',
			operator_iccid: null,
			activation_code: expect.objectContaining({ lpa_string: lpa_str }) as IDataObject,
			push: expect.objectContaining({ attempt_seen: 1 }) as IDataObject,
		})),
	);
});

it('a token of the node is asked for as before', async () => {
	for (const verifyBy of ['lookup', 'nothing']) {
		const webhook = await bench.serve({ verifyBy, urlToken: 'abc' });
		const fields = pushFields(await bench.buy());
		expect((await post(webhook.url, fields)).status).toBe(403);
		expect((await post(`${webhook.url}?token=abc`, fields)).status).toBe(200);
	}
});
