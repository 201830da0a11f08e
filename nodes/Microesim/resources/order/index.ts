import type { Resource } from '../operation';
import { create } from './create';
import { get } from './get';
import { requestCallback } from './requestCallback';
import { waitForDelivery } from './waitForDelivery';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [create, get, requestCallback, waitForDelivery],
	usual: 'create',
};
