import type { IDataObject } from 'n8n-workflow';

import { flagOrNull, megabytesOrNull, numberOrNull } from './numbers';
import { isObject, listOf, recordOf, withUnknown } from './shapes';
import { textOrNull } from './text';
import { vendorTime } from './times';

/**
 * One eSIM with typed values: times as ISO 8601, usage in megabytes, daily usage as a list with country
 * (`mcc`) and network (`mnc`), which stay text for their leading zeros.
 *
 * @param result what deviceDetail answered
 */
export function simplifyDevice(result: unknown): IDataObject {
	const device = recordOf(result);
	const { data_usage_daily: usage } = device;
	const daily = isObject(usage) ? listOf(usage) : [];
	const known: IDataObject = {
		topup_id: textOrNull(device.topup_id),
		device_id: textOrNull(device.device_id),
		type: textOrNull(device.type),
		channel_dataplan_id: textOrNull(device.channel_dataplan_id),
		channel_dataplan_name: textOrNull(device.channel_dataplan_name),
		status: textOrNull(device.status),
		active_time: vendorTime(device.active_time),
		pause_time: vendorTime(device.pause_time),
		expire_time: vendorTime(device.expire_time),
		terminate_time: vendorTime(device.terminate_time),
		create_time: vendorTime(device.create_time),
		data_usage: megabytesOrNull(device.data_usage),
		data_usage_daily: daily.map(simplifyUsage),
		is_daily: flagOrNull(device.is_daily),
		daily_reset_time: vendorTime(device.daily_reset_time),
	};
	return withUnknown(known, device);
}

function simplifyUsage(entry: unknown): IDataObject {
	const usage = recordOf(entry);
	return {
		...(usage as IDataObject),
		date: textOrNull(usage.date),
		total_usage: megabytesOrNull(usage.total_usage),
		total_usage_kb: numberOrNull(usage.total_usage_kb),
		mcc: textOrNull(usage.mcc),
		mnc: textOrNull(usage.mnc),
	};
}

/** One event of an eSIM's life, from eventDetail. */
export function simplifyEvent(entry: unknown): IDataObject {
	const event = recordOf(entry);
	return {
		...(event as IDataObject),
		event_date: vendorTime(event.event_date),
		eid: textOrNull(event.eid),
		notification_status: textOrNull(event.notification_status),
		notify_type: textOrNull(event.notify_type),
	};
}
