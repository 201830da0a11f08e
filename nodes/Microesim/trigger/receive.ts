import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { readCredential } from '../../../credentials/shared/credentialData';
import { activationCodeOrNull } from '../shared/activationCode';
import { decide, writeDown, type AcceptedEsim } from '../shared/push/accept';
import { answerReceived, onAnswer, refusePush } from '../shared/push/answer';
import { readPush } from '../shared/push/readPush';
import { readRequest } from '../shared/push/readRequest';
import { faultInSignature } from '../shared/push/signedPush';
import { isToken } from '../shared/push/urlToken';
import { drawQrCode } from '../shared/qrCode/draw';
import { faultInSettings, readSettings, type TriggerSettings } from './settings';

const QR_CODE_PIXELS = 400;

/**
 * Receives one push: read, believed, told from earlier ones, then turned into one item per eSIM. Whatever does
 * not pass is logged, answered and starts nothing.
 */
export async function receivePush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = readSettings(context);
	const fault = faultInSettings(settings) ?? (await faultInSender(context, settings));
	if (fault !== undefined) return refusePush(context, 403, fault);
	const request = readRequest(context);
	if ('fault' in request) return refusePush(context, request.status, request.fault);
	const push = readPush(request.body);
	if ('fault' in push) return refusePush(context, 400, push.fault);
	const { orders, verifyBy, limits, responseBody } = settings;
	const [first] = push.esims;
	if (orders.length > 0 && !orders.includes(first!.topupId)) return answerReceived(context, responseBody);
	const decision = await decide(context, push.esims, verifyBy, limits);
	if (decision.kind === 'refused') return refusePush(context, decision.status, decision.reason);
	if (decision.kind === 'seenBefore') return answerReceived(context, responseBody);
	onAnswer(context.getResponseObject(), responseBody, decision.settle);
	writeDown(context, decision.esims, limits, !settings.waitForRun);
	return { workflowData: [await itemsOf(context, decision.esims, settings)], webhookResponse: responseBody };
}

async function faultInSender(context: IWebhookFunctions, settings: TriggerSettings) {
	if (settings.urlToken !== '') {
		const { token } = context.getQueryData() as IDataObject;
		if (!isToken(token, settings.urlToken)) return 'the URL token is missing or wrong';
	}
	if (settings.verifyBy !== 'signature') return undefined;
	const credential = readCredential(await context.getCredentials('microesimApi'));
	return await faultInSignature(context.getHeaderData() as IDataObject, credential, Date.now());
}

async function itemsOf(
	context: IWebhookFunctions,
	accepted: AcceptedEsim[],
	{ simplify, verifyBy, qrCodeField }: TriggerSettings,
): Promise<INodeExecutionData[]> {
	const receivedAt = DateTime.utc().toISO();
	return await Promise.all(
		accepted.map(async ({ esim, item, sources, attempt }) => {
			const push = { received_at: receivedAt, verified_by: verifyBy, attempt_seen: attempt, ...(sources && { sources }) };
			const result: INodeExecutionData = { json: { ...(simplify ? item : esim.raw), push } };
			const code = activationCodeOrNull(String(item.lpa_str));
			if (qrCodeField !== '' && code !== null) {
				const picture = drawQrCode(code.lpa_string, QR_CODE_PIXELS, 'M');
				const fileName = `esim-${esim.deviceId.replace(/[^\w-]/g, '')}.png`;
				const file = await context.helpers.prepareBinaryData(picture, fileName, 'image/png');
				result.binary = { [qrCodeField]: file };
			}
			return result;
		}),
	);
}
