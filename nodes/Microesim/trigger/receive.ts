import { DateTime } from 'luxon';
import type {
	IBinaryData,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { readCredential } from '../../../credentials/shared/credentialData';
import { activationCodeOrNull } from '../shared/answers/activationCode';
import { textOrNull } from '../shared/answers/text';
import { answerReceived, onAnswer, refusePush } from '../shared/push/answer';
import { decide, type AcceptedEsim } from '../shared/push/decide';
import { readPush } from '../shared/push/readPush';
import { readRequest } from '../shared/push/readRequest';
import { keepWritten, writeDown } from '../shared/push/savedMemory';
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
	const fault = faultInSettings(settings) ?? faultInToken(context, settings);
	if (fault !== undefined) return refusePush(context, 403, fault);
	const request = readRequest(context);
	if ('fault' in request) return refusePush(context, request.status, request.fault);
	if (settings.verifyBy === 'signature') {
		const unsigned = await faultInSender(context, request.body);
		if (unsigned) return refusePush(context, unsigned.status, unsigned.reason);
	}
	const push = readPush(request.body);
	if ('fault' in push) return refusePush(context, 400, push.fault);
	const { orders, verifyBy, limits, responseBody } = settings;
	const [first] = push.esims;
	if (orders.length > 0 && !orders.includes(first!.topupId))
		return answerReceived(context, responseBody);
	const decision = await decide(context, push.esims, verifyBy, limits);
	if (decision.kind === 'refused') return refusePush(context, decision.status, decision.reason);
	if (decision.kind === 'seenBefore') return answerReceived(context, responseBody);
	let answered = false;
	onAnswer(context.getResponseObject(), responseBody, (done) => {
		answered = true;
		decision.settle(done);
	});
	const esims = decision.esims.map(({ esim }) => esim);
	writeDown(context, esims, limits, !settings.waitForRun);
	void keepWritten(context, () => answered);
	return {
		workflowData: [await itemsOf(context, decision.esims, settings)],
		webhookResponse: responseBody,
	};
}

function faultInToken(
	context: IWebhookFunctions,
	{ urlToken }: TriggerSettings,
): string | undefined {
	const { token } = context.getQueryData() as IDataObject;
	return urlToken === '' || isToken(token, urlToken)
		? undefined
		: 'the URL token is missing or wrong';
}

async function faultInSender(context: IWebhookFunctions, body: unknown) {
	try {
		const credential = readCredential(await context.getCredentials('microesimApi'));
		const reason = await faultInSignature(
			context.getHeaderData() as IDataObject,
			body,
			credential,
			Date.now(),
		);
		return reason === undefined ? undefined : { status: 403 as const, reason };
	} catch (error) {
		// Without a credential nothing can be checked now.
		return { status: 503 as const, reason: (error as Error).message };
	}
}

async function itemsOf(
	context: IWebhookFunctions,
	accepted: AcceptedEsim[],
	{ simplify, verifyBy, qrCodeField }: TriggerSettings,
): Promise<INodeExecutionData[]> {
	const receivedAt = DateTime.utc().toISO();
	return await Promise.all(
		accepted.map(async ({ esim, item, sources, attempt }) => {
			const push = {
				received_at: receivedAt,
				verified_by: verifyBy,
				attempt_seen: attempt,
				...(sources && { sources }),
			};
			const result: INodeExecutionData = { json: { ...(simplify ? item : esim.raw), push } };
			const picture = qrCodeField === '' ? undefined : await qrCodeOf(context, esim.deviceId, item);
			return picture === undefined ? result : { ...result, binary: { [qrCodeField]: picture } };
		}),
	);
}

/** An eSIM must not be lost because its picture could not be made. */
async function qrCodeOf(
	context: IWebhookFunctions,
	deviceId: string,
	item: IDataObject,
): Promise<IBinaryData | undefined> {
	const code = activationCodeOrNull(textOrNull(item.lpa_str));
	const fileName = `esim-${deviceId.replace(/[^\w-]/g, '')}.png`;
	try {
		if (code === null) throw new Error('its activation code does not fit the grammar');
		return await context.helpers.prepareBinaryData(
			drawQrCode(code.lpa_string, QR_CODE_PIXELS, 'M'),
			fileName,
			'image/png',
		);
	} catch (error) {
		context.logger.warn(
			`MicroeSIM Trigger "${context.getNode().name}" made no QR code for ${fileName}: ${(error as Error).message}`,
		);
		return undefined;
	}
}
