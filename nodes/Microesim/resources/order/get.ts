import type { IExecuteFunctions } from 'n8n-workflow';

import { orderItems, type OrderShape } from '../../shared/answers/orderItems';
import { outputFields, simplifyFields, topupIdField } from '../../shared/fields';
import { isSimplified, optionsOf, optionText, requiredText } from '../../shared/parameters';
import { qrCodeOption, withQrCodes } from '../../shared/qrCode/attach';
import { sideBySideOptions } from '../../shared/sideBySide';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import { isVersion1 } from '../../shared/versions';
import type { Operation, Result } from '../operation';

const options = sideBySideOptions(qrCodeOption);

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get order',
	subtitle: 'Get order',
	description: 'Get an order and its eSIMs. An order that is still being made is a normal answer.',
	fields: [topupIdField, ...simplifyFields, ...outputFields, options],
	async execute(context, itemIndex) {
		const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
		const resultsOf = orderResults(context, itemIndex);
		const { result } = await request(context, ENDPOINTS.order, { topup_id: topupId }, itemIndex);
		return await resultsOf(topupId, result);
	},
};

/**
 * Reads how an item wants its order put out.
 *
 * @returns makes the items of what topupDetail answered
 * @throws NodeOperationError naming the option that makes no sense
 */
export function orderResults(
	context: IExecuteFunctions,
	itemIndex: number,
): (topupId: string, result: unknown) => Promise<Result[]> {
	const shape: OrderShape = {
		simplified: isSimplified(context, itemIndex),
		perOrder: context.getNodeParameter('output', itemIndex, 'perEsim') === 'perOrder',
		nested: isVersion1(context),
	};
	const { qrCodeField } = optionsOf(context, itemIndex);
	const field = optionText(context, qrCodeField, 'Put QR Code in Field', itemIndex) ?? '';
	return async (topupId, result) =>
		await Promise.all(
			orderItems(topupId, result, shape).map(
				async (json) => await withQrCodes(context, json, field),
			),
		);
}
