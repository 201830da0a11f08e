import type { IWebhookFunctions } from 'n8n-workflow';

import { textOrNull } from '../../answers/text';
import { ENDPOINTS } from '../../transport/endpoints';
import { leadsToAnother, LINKS } from '../read/links';
import { narrow } from '../read/lists';
import { shapeEsim, type PushedEsim } from '../read/oneEsim';
import { askAbout } from './ask';
import { differingIn } from './differing';
import { readShown } from './orderShown';
import type { Verdict } from './verdict';

/**
 * Reads the order that a push names, and shows nothing but what MicroeSIM says of the eSIM in it.
 *
 * @param deadline milliseconds since 1970
 * @returns believed with the API's own data; denied where the push has another plan or activation code than an order
 *   that is delivered; unsure where MicroeSIM does not show the eSIM, or not its own activation code yet, or cannot be asked now
 * @see API document, topupDetail
 */
export async function lookUpOrder(
	context: IWebhookFunctions,
	pushed: PushedEsim,
	deadline: number,
): Promise<Verdict> {
	const { topupId, deviceId } = pushed;
	const question = {
		endpoint: ENDPOINTS.order,
		fields: { topup_id: topupId },
		isFinal: (result: unknown) => readShown(result, topupId).isFinal,
	};
	const reply = await askAbout(context, question, deadline);
	if (reply.kind === 'unsure') return reply;
	if (reply.kind === 'unknown') {
		return { kind: 'unsure', reason: 'MicroeSIM does not know this order' };
	}
	const { order, fields, places, isFinal } = readShown(reply.result, topupId);
	const index = places.get(deviceId);
	const code = index === undefined ? null : order.esims[index]!.lpa_str;
	if (index === undefined || code === null) {
		return {
			kind: 'unsure',
			reason:
				'MicroeSIM does not show this eSIM as delivered in this order, with a code of its own',
		};
	}
	const differing = differingIn(pushed, { ...fields, lpa_str: code });
	if (differing !== undefined) {
		const reason = `the push and MicroeSIM differ on ${differing}`;
		return { kind: isFinal ? 'denied' : 'unsure', reason };
	}
	const own = narrow(fields, index, order.esims.length);
	const { esim, notReady } = shapeEsim(topupId, deviceId, { ...own, lpa_str: code });
	const foreign = LINKS.find((name) => leadsToAnother(textOrNull(own[name]) ?? '', code));
	if (notReady || foreign !== undefined) {
		const reason = notReady?.reason ?? `its ${foreign} leads to another activation code`;
		return { kind: 'unsure', reason: `MicroeSIM shows an order that cannot be right: ${reason}` };
	}
	const { delivered, open, wanted } = order;
	return {
		kind: 'believed',
		item: { ...esim.item, number: wanted, delivered, esims_open: open },
		raw: esim.raw,
		leftOut: esim.leftOut,
		unconfirmed: { item: [], raw: [] },
	};
}
