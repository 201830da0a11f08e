import type { IExecuteFunctions } from 'n8n-workflow';

import { orderItems } from '../../shared/answers/esims';
import { outputField, simplifyField, topupIdField } from '../../shared/fields';
import { isSimplified, requiredText } from '../../shared/parameters';
import { sideBySideOptions } from '../../shared/sideBySide';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation, Result } from '../operation';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get an order',
	description: 'Get an order and its eSIMs. An order that is still being made is a normal answer.',
	fields: [topupIdField, simplifyField, outputField, sideBySideOptions],
	async execute(context, itemIndex) {
		const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
		const { result } = await request(context, ENDPOINTS.order, { topup_id: topupId }, itemIndex);
		return orderResults(context, itemIndex, topupId, result);
	},
};

/** Items for what topupDetail answered, as the fields Simplify and Output ask. */
export function orderResults(
	context: IExecuteFunctions,
	itemIndex: number,
	topupId: string,
	result: unknown,
): Result[] {
	const perOrder = context.getNodeParameter('output', itemIndex, 'perEsim') === 'perOrder';
	return orderItems(topupId, result, isSimplified(context, itemIndex), perOrder).map((json) => ({
		json,
	}));
}
