import type { Resource } from '../operation';
import { get } from './get';
import { getAlerts } from './getAlerts';
import { getEvents } from './getEvents';
import { getQrCode } from './getQrCode';
import { terminate } from './terminate';

export const esim: Resource = {
	name: 'eSIM',
	value: 'esim',
	operations: [get, getAlerts, getEvents, getQrCode, terminate],
	usual: 'get',
};
