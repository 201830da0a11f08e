import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { simplifyDevice } from '../../answers/device';
import { recordOf } from '../../answers/shapes';
import { asText, textOrNull } from '../../answers/text';
import { ENDPOINTS } from '../../transport/endpoints';
import { only } from '../read/lists';
import type { PushedEsim } from '../read/oneEsim';
import { askAbout } from './ask';
import { differingIn } from './differing';
import { hasValue, unconfirmedIn, type Verdict } from './verdict';

/** Fields without which an answer proves nothing. That they are those of the push was seen when it came in. */
const PROVING = ['topup_id', 'device_id'] as const;

/**
 * Asks MicroeSIM whether an order and an eSIM belong together.
 *
 * @param deadline milliseconds since 1970
 * @returns believed with the API's own data laid over the push; denied where MicroeSIM differs on what identifies
 *   the eSIM; unsure where it does not know the pair, or cannot be asked now
 * @see API document, deviceDetail
 */
export async function lookUpEsim(
	context: IWebhookFunctions,
	esim: PushedEsim,
	deadline: number,
): Promise<Verdict> {
	const fields = { topup_id: esim.topupId, device_id: esim.deviceId };
	const isFinal = (result: unknown) => unprovenIn(recordOf(result)) === undefined;
	const reply = await askAbout(context, { endpoint: ENDPOINTS.esim, fields, isFinal }, deadline);
	if (reply.kind === 'unsure') return reply;
	if (reply.kind === 'unknown') {
		return { kind: 'unsure', reason: 'MicroeSIM does not know this eSIM in this order' };
	}
	return compare(esim, recordOf(reply.result));
}

const unprovenIn = (device: Record<string, unknown>) =>
	PROVING.find((field) => textOrNull(device[field]) === null);

function compare(esim: PushedEsim, device: Record<string, unknown>): Verdict {
	const unproven = unprovenIn(device);
	if (unproven !== undefined) {
		return { kind: 'unsure', reason: `MicroeSIM answered the look-up without ${unproven}` };
	}
	const field = differingIn(esim, device);
	return field === undefined
		? layOver(esim, device)
		: { kind: 'denied', reason: `the push and MicroeSIM differ on ${field}` };
}

/** The API's data wins; where both have a field and differ, the item says so. */
function layOver(esim: PushedEsim, device: Record<string, unknown>): Verdict {
	const [item, raw] = [{ ...esim.item }, { ...esim.raw }];
	const typed = simplifyDevice(
		Object.fromEntries(Object.entries(esim.raw).map(([field, value]) => [field, only(value)])),
	);
	const sources: IDataObject = {};
	const confirmed = new Set<string>();
	for (const [field, known] of Object.entries(simplifyDevice(device))) {
		if (!(field in item || field in raw) || known === null) continue;
		confirmed.add(field);
		if (field in item) item[field] = known;
		const pushed = raw[field];
		if (!hasValue(pushed)) continue;
		// Where it says the same, it may say more.
		raw[field] = device[field] as IDataObject;
		if (asText(typed[field]) !== asText(known)) sources[field] = { shown: 'api', pushed };
	}
	const unconfirmed = unconfirmedIn({ item, raw }, confirmed);
	const differ = Object.keys(sources).length > 0;
	return { kind: 'believed', item, raw, unconfirmed, ...(differ && { sources }) };
}
