import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import {
	answerReceived,
	logRefusal,
	onAnswer,
	refusePush,
	type Refusal,
} from '../shared/push/answer';
import { faultInReuse, faultInSignature } from '../shared/push/believe/signedPush';
import { isToken } from '../shared/push/believe/urlToken';
import { decide } from '../shared/push/decide';
import { memoryOf, PushMemory } from '../shared/push/memory';
import { forgive } from '../shared/push/read/copies';
import { triggerOf } from '../shared/push/read/fileParts';
import { readPush } from '../shared/push/read/readPush';
import { readRequest } from '../shared/push/read/readRequest';
import { usableCredential } from '../shared/transport/credential';
import { keptCredential, renewed } from '../shared/transport/decrypted';
import { isVersion1 } from '../shared/versions';
import { logNames } from './inLog';
import { itemsOf } from './items';
import { asInput } from './noted';
import { faultInSettings, readSettings, type TriggerSettings } from './settings';
import { urlTokenOf } from './urlToken';
import { wantedOf } from './wanted';

/**
 * Receives one push: read, believed, told from earlier ones, then turned into one item per eSIM. Whatever does
 * not pass is logged, answered and starts nothing.
 */
export async function receivePush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = readSettings(context);
	const stranger = await faultInCaller(context, settings);
	if (stranger) return refusePush(context, stranger);
	const request = await readRequest(context);
	if ('fault' in request) {
		return refusePush(context, { status: request.status, reason: request.fault });
	}
	const copied = faultInCopy(context, settings, request.body);
	if (copied) return refusePush(context, copied);
	const push = wantedOf(readPush(request.body, request.isUnordered), settings);
	const memory = memoryFor(context, settings);
	const { verifyBy, limits, responseBody, waitForRun } = settings;
	const decision = await decide(context, push.esims, verifyBy, memory, limits);
	const refusal = worstOf([...push.refusals, ...decision.refusals]);
	const { accepted } = decision;
	if (accepted.length > 0) forgive(triggerOf(context), request.copies ?? 0);
	if (accepted.length === 0) {
		return refusal ? refusePush(context, refusal) : answerReceived(context, responseBody);
	}
	if (refusal) logRefusal(context, refusal, 'a part of a push');
	const names = accepted.map(({ esim }) => esim);
	logNames(context, 'received', names);
	const noted = waitForRun ? memory.takeNoted() : [];
	onAnswer(context.getResponseObject(), responseBody, refusal, (done) => {
		decision.settle(done);
		if (!waitForRun) return;
		memory.note(done ? names : noted);
	});
	const items = itemsOf(accepted, settings, isVersion1(context));
	return {
		workflowData: noted.length > 0 ? [items, asInput(noted)] : [items],
		webhookResponse: responseBody,
	};
}

/** What cannot be answered better by a second try (403) loses against what can. */
const worstOf = (refusals: Refusal[]): Refusal | undefined =>
	refusals.find(({ status }) => status === 503) ?? refusals[0];

/** Who is refused by a credential that was read a moment ago is looked at once more by the one of now. */
async function faultInCaller(
	context: IWebhookFunctions,
	settings: TriggerSettings,
): Promise<Refusal | undefined> {
	const fault = async () =>
		(await faultInAddress(context, settings)) ?? (await faultInSender(context, settings));
	const before = keptCredential(context);
	const first = await fault();
	return first && (await renewed(context)) !== before ? await fault() : first;
}

async function faultInAddress(
	context: IWebhookFunctions,
	settings: TriggerSettings,
): Promise<Refusal | undefined> {
	const fault = faultInSettings(settings);
	if (fault !== undefined) return { status: 403, reason: fault };
	const { token } = context.getQueryData() as IDataObject;
	try {
		const wanted = await urlTokenOf(context, settings);
		if (wanted === '' || isToken(token, wanted)) return undefined;
	} catch (error) {
		// Without a credential nothing can be checked now.
		return { status: 503, reason: (error as Error).message };
	}
	return { status: 403, reason: 'the URL token is missing or wrong' };
}

async function faultInSender(
	context: IWebhookFunctions,
	{ verifyBy }: TriggerSettings,
): Promise<Refusal | undefined> {
	if (verifyBy !== 'signature') return undefined;
	try {
		const headers = context.getHeaderData() as IDataObject;
		const credential = await usableCredential(context, 0);
		const reason = await faultInSignature(headers, credential, Date.now());
		return reason === undefined ? undefined : { status: 403, reason };
	} catch (error) {
		return { status: 503, reason: (error as Error).message };
	}
}

/** Whether the headers, right as they are, came with another body before. */
function faultInCopy(
	context: IWebhookFunctions,
	{ verifyBy }: TriggerSettings,
	body: unknown,
): Refusal | undefined {
	if (verifyBy !== 'signature') return undefined;
	const reason = faultInReuse(context.getHeaderData() as IDataObject, body, Date.now());
	return reason === undefined ? undefined : { status: 403, reason };
}

/** A test in the editor starts a run each time: it neither knows nor leaves anything. */
function memoryFor(context: IWebhookFunctions, { limits }: TriggerSettings): PushMemory {
	if (context.getMode() === 'manual') return new PushMemory();
	const memory = memoryOf(context.getWorkflow().id ?? '', context.getNode().id);
	memory.load(() => context.getWorkflowStaticData('node'), Date.now(), limits);
	return memory;
}
