import type { IDataObject } from 'n8n-workflow';

import { deviceIdField, topupIdField } from '../../shared/fields';
import { requiredText } from '../../shared/parameters';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation } from '../operation';

export const terminate: Operation = {
	name: 'Terminate',
	value: 'terminate',
	action: 'Terminate eSIM for good',
	subtitle: 'Terminate eSIM',
	description:
		'End an eSIM for good. This cannot be undone, and MicroeSIM does not document whether anything is refunded.',
	fields: [
		topupIdField,
		deviceIdField,
		{
			displayName:
				'This ends the eSIM <b>for good</b>: it cannot be undone, and nothing is known to be refunded.',
			name: 'terminateNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute(context, itemIndex) {
		const fields = {
			topup_id: requiredText(context, 'topupId', 'Order ID', itemIndex),
			device_id: requiredText(context, 'deviceId', 'Device ID', itemIndex),
		};
		const { msg, result } = await request(context, ENDPOINTS.terminate, fields, itemIndex);
		const json: IDataObject = { terminated: true, ...fields, msg };
		return [{ json: result === undefined ? json : { ...json, result: result as IDataObject } }];
	},
};
