import type { IDataObject } from 'n8n-workflow';

import { simplifyEvent } from '../../shared/answers/device';
import { listOf } from '../../shared/answers/shapes';
import { deviceIdField, simplifyFields } from '../../shared/fields';
import { isSimplified, requiredText } from '../../shared/parameters';
import { sideBySideOptions } from '../../shared/sideBySide';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation } from '../operation';

export const getEvents: Operation = {
	name: 'Get Events',
	value: 'getEvents',
	action: 'Get eSIM events',
	subtitle: 'Get eSIM events',
	description: 'Get when an eSIM was downloaded, installed, enabled, disabled or deleted',
	fields: [deviceIdField, ...simplifyFields, sideBySideOptions()],
	async execute(context, itemIndex) {
		const deviceId = requiredText(context, 'deviceId', 'Device ID', itemIndex);
		const { result } = await request(context, ENDPOINTS.events, { device_id: deviceId }, itemIndex);
		return listOf(result).map((event) => ({
			json: isSimplified(context, itemIndex)
				? { device_id: deviceId, ...simplifyEvent(event) }
				: (event as IDataObject),
		}));
	},
};
