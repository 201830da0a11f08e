import type { IDataObject } from 'n8n-workflow';

import { withoutQuery } from '../../shared/answers/text';
import { refusal } from '../../shared/errors/refusal';
import { topupIdField } from '../../shared/fields';
import { optionText, optionsOf, requiredText, webAddress } from '../../shared/parameters';
import { ENDPOINTS } from '../../shared/transport/endpoints';
import { request } from '../../shared/transport/request';
import type { Operation } from '../operation';

const DEFAULT_PARAMETER = 'notify_url';

export const requestCallback: Operation = {
	name: 'Request Callback',
	value: 'requestCallback',
	action: 'Request order callback',
	subtitle: 'Request callback',
	description:
		'Ask MicroeSIM to call an address when the order is ready. Its document leaves open how the address is passed: ask MicroeSIM before you rely on it.',
	fields: [
		topupIdField,
		{
			displayName: 'Callback URL',
			name: 'callbackUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/esim',
			description:
				'The address that MicroeSIM is to call, for example that of a webhook. At its end, ?token= with nothing behind it becomes the URL Token of the credential on its way.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Address Parameter',
					name: 'addressParameter',
					type: 'string',
					default: DEFAULT_PARAMETER,
					description:
						'Name of the request field that carries the address. The document names none; notify_url is the best guess.',
				},
			],
		},
	],
	async execute(context, itemIndex) {
		const topupId = requiredText(context, 'topupId', 'Order ID', itemIndex);
		const address = requiredText(context, 'callbackUrl', 'Callback URL', itemIndex);
		const callbackUrl = webAddress(context, address, 'Callback URL', itemIndex);
		const { addressParameter = DEFAULT_PARAMETER } = optionsOf(context, itemIndex);
		const parameter = optionText(context, addressParameter, 'Address Parameter', itemIndex) ?? '';
		if (parameter === 'topup_id' || !/^\w+$/.test(parameter)) {
			throw refusal(
				context,
				itemIndex,
				`The option "Address Parameter" must be a field name such as ${DEFAULT_PARAMETER}, but is "${parameter}"`,
			);
		}
		const fields = { topup_id: topupId, [parameter]: callbackUrl };
		const { msg, result } = await request(context, ENDPOINTS.requestCallback, fields, itemIndex);
		const json: IDataObject = {
			requested: true,
			topup_id: topupId,
			callback_url: withoutQuery(callbackUrl),
			msg,
		};
		return [{ json: result === undefined ? json : { ...json, result: result as IDataObject } }];
	},
};
