import fc from 'fast-check';

import { simplifyDevice, simplifyEvent } from '../../../../nodes/Microesim/shared/answers/device';
import samples from '../../../fixtures/document-samples.json';

describe('an eSIM of the API document', () => {
	it('comes out with typed values', () => {
		expect(simplifyDevice(samples.deviceDetail.result)).toEqual({
			topup_id: '202308161431187762753800',
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
				{
					date: '2023-07-07',
					total_usage: 4904.1,
					total_usage_kb: 5021805.12,
					mcc: '286',
					mnc: '02',
				},
				{
					date: '2023-07-06',
					total_usage: 7990.47,
					total_usage_kb: 8182245.451,
					mcc: '286',
					mnc: '02',
				},
				{
					date: '2023-07-05',
					total_usage: 4241.01,
					total_usage_kb: 4342800.965,
					mcc: '286',
					mnc: '02',
				},
			],
			is_daily: true,
			daily_reset_time: '2023-07-07T23:59:59+08:00',
		});
	});

	it.each([
		['1.5 GB', 1536],
		['0', 0],
		[12.5, 12.5],
		['', null],
		[null, null],
	])('reads the usage %j as %p MB', (data_usage, expected) => {
		expect(simplifyDevice({ data_usage })).toHaveProperty('data_usage', expected);
	});

	it.each([
		['true', true],
		[true, true],
		['1', true],
		['false', false],
		[false, false],
		['0', false],
		['', null],
	])('reads the daily flag %j as %p', (is_daily, expected) => {
		expect(simplifyDevice({ is_daily })).toHaveProperty('is_daily', expected);
	});

	it('keeps fields that the document does not name', () => {
		expect(
			simplifyDevice({ operator_iccid: '8948010000000000001', new_field: { a: 1 } }),
		).toMatchObject({
			operator_iccid: '8948010000000000001',
			new_field: { a: 1 },
		});
	});

	it('keeps the leading zeros of country and network', () => {
		const daily = simplifyDevice({
			data_usage_daily: [{ mcc: '001', mnc: '01' }],
		}).data_usage_daily;
		expect(daily).toEqual([
			expect.objectContaining({ mcc: '001', mnc: '01', date: null, total_usage: null }),
		]);
	});

	it('has no days of usage when none came', () => {
		for (const data_usage_daily of [undefined, null, '', []]) {
			expect(simplifyDevice({ data_usage_daily }).data_usage_daily).toEqual([]);
		}
	});

	it('never breaks, whatever MicroeSIM calls a result', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (anything) => {
				expect(simplifyDevice(anything)).toHaveProperty('device_id');
				expect(
					simplifyDevice({ data_usage_daily: [anything], active_time: anything }),
				).toHaveProperty('data_usage_daily');
				expect(simplifyEvent(anything)).toHaveProperty('notify_type');
			}),
		);
	});
});

describe('an event of the API document', () => {
	it('comes out with its time in UTC+8 and all digits of its eid', () => {
		expect(samples.eventDetail.result.slice(0, 2).map(simplifyEvent)).toEqual([
			{
				event_date: '2023-07-05T04:16:15+08:00',
				eid: '89033023426300000000032653960548',
				notification_status: 'Executed-Success',
				notify_type: 'DOWNLOADED',
			},
			{
				event_date: '2023-07-05T04:16:28+08:00',
				eid: '89033023426300000000032653960548',
				notification_status: 'Executed-Success',
				notify_type: 'INSTALLED',
			},
		]);
	});
});
