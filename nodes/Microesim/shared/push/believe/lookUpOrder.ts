import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isSameCode } from '../../answers/activationCode';
import { itemPerEsim, readOrder } from '../../answers/esims';
import { recordOf } from '../../answers/shapes';
import { textOrNull } from '../../answers/text';
import { ENDPOINTS } from '../../transport/endpoints';
import { narrow, underOneName, type PushedEsim } from '../read/oneEsim';
import { askAbout } from './ask';
import type { Verdict } from './verdict';

/**
 * Reads the order that a push names, and shows nothing but what MicroeSIM says of the eSIM in it.
 *
 * @param deadline milliseconds since 1970
 * @returns believed with the API's own data; denied where the push has another activation code; unsure where
 *   MicroeSIM does not show the eSIM, or not its activation code yet, or cannot be asked now
 * @see API document, topupDetail
 */
export async function lookUpOrder(
	context: IWebhookFunctions,
	pushed: PushedEsim,
	deadline: number,
): Promise<Verdict> {
	const question = {
		endpoint: ENDPOINTS.order,
		fields: { topup_id: pushed.topupId },
		isFinal: (result: unknown) => readOrder(result, pushed.topupId).delivered,
	};
	const reply = await askAbout(context, question, deadline);
	if (reply.kind === 'unsure') return reply;
	if (reply.kind === 'unknown') {
		return { kind: 'unsure', reason: 'MicroeSIM does not know this order' };
	}
	const result = recordOf(reply.result);
	const order = readOrder(result, pushed.topupId);
	const index = order.esims.findIndex(({ device_id }) => device_id === pushed.deviceId);
	const code = order.esims[index]?.lpa_str ?? null;
	if (code === null) {
		return {
			kind: 'unsure',
			reason: 'MicroeSIM does not show this eSIM as delivered in this order',
		};
	}
	const said = textOrNull(pushed.item.lpa_str);
	if (said !== null && !isSameCode(said, code)) {
		return { kind: 'denied', reason: 'the push and MicroeSIM differ on lpa_str' };
	}
	const raw = narrow(underOneName(result as IDataObject), index, order.esims.length);
	return {
		kind: 'believed',
		item: itemPerEsim(order)[index]!,
		raw: { ...raw, topup_id: pushed.topupId },
		unconfirmed: { item: [], raw: [] },
	};
}
