import type { IDataObject } from 'n8n-workflow';

import { simplifyDevice } from '../../shared/answers/device';
import { deviceIdField, simplifyFields, topupIdField } from '../../shared/fields';
import { isSimplified, requiredText } from '../../shared/parameters';
import { sideBySideOptions } from '../../shared/sideBySide';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation } from '../operation';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get eSIM',
	subtitle: 'Get eSIM',
	description: 'Get state, times and data usage of an eSIM. Usage lags 30 to 60 minutes behind.',
	fields: [topupIdField, deviceIdField, ...simplifyFields, sideBySideOptions()],
	async execute(context, itemIndex) {
		const fields = {
			topup_id: requiredText(context, 'topupId', 'Order ID', itemIndex),
			device_id: requiredText(context, 'deviceId', 'Device ID', itemIndex),
		};
		const { result } = await request(context, ENDPOINTS.esim, fields, itemIndex);
		const json = isSimplified(context, itemIndex)
			? simplifyDevice(result)
			: (result as IDataObject);
		return [{ json: json ?? {} }];
	},
};
