import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { simplifyDevice } from '../answers/device';
import { isObject, recordOf } from '../answers/shapes';
import { asText, textOrNull } from '../answers/text';
import { isUnknownOrder } from '../errors/advice';
import { ENDPOINTS } from '../transport/endpoints';
import { send } from '../transport/send';
import type { PushedEsim } from './readPush';

/** Whether a push is believed. `unsure` means: it cannot be checked now, and must be sent again. */
export type Verdict =
	| { kind: 'believed'; item: IDataObject; sources?: IDataObject }
	| { kind: 'denied'; reason: string }
	| { kind: 'unsure'; reason: string };

/** MicroeSIM waits for our answer meanwhile. */
const LIMIT_MS = 10_000;

/** Fields that say which eSIM it is: here the push may not differ from the API at all. */
const IDENTIFYING = ['channel_dataplan_id', 'lpa_str'] as const;
/** Fields without which an answer proves nothing. That they are those of the push was seen when it came in. */
const PROVING = ['topup_id', 'device_id'] as const;

/**
 * Asks MicroeSIM whether an order and an eSIM belong together, with one signed request.
 *
 * @returns believed with the API's own data laid over the push; denied where MicroeSIM does not know the pair or
 *   differs on what identifies the eSIM; unsure where it cannot be asked now
 * @see API document, deviceDetail
 */
export async function lookUp(context: IWebhookFunctions, esim: PushedEsim): Promise<Verdict> {
	const endpoint = { ...ENDPOINTS.esim, timeoutMs: LIMIT_MS };
	const fields = { topup_id: esim.topupId, device_id: esim.deviceId };
	const answer = await send(context, endpoint, fields, 0);
	switch (answer.kind) {
		case 'success':
			return compare(esim, answer.envelope.result);
		case 'refused':
			return isUnknownOrder(answer.envelope.msg)
				? { kind: 'denied', reason: 'MicroeSIM does not know this eSIM in this order' }
				: { kind: 'unsure', reason: `MicroeSIM refused the look-up: "${answer.envelope.msg}"` };
		case 'unclear':
		case 'noAnswer':
		case 'notSent':
			return { kind: 'unsure', reason: `MicroeSIM could not be asked: ${answer.reason}` };
	}
}

function compare(esim: PushedEsim, result: unknown): Verdict {
	const device = recordOf(result);
	const unproven = PROVING.find((field) => textOrNull(device[field]) === null);
	if (unproven !== undefined) {
		return { kind: 'unsure', reason: `MicroeSIM answered the look-up without ${unproven}` };
	}
	for (const field of IDENTIFYING) {
		const known = textOrNull(device[field]);
		const pushed = textOrNull(esim.item[field]);
		if (known !== null && pushed !== null && known !== pushed) {
			return { kind: 'denied', reason: `the push and MicroeSIM differ on ${field}` };
		}
	}
	return lay(simplifyDevice(device), esim.item);
}

/** The API's data wins; where both have a field and differ, the item says whose it shows. */
function lay(device: IDataObject, pushed: IDataObject): Verdict {
	const item = { ...pushed };
	const sources: IDataObject = {};
	const typed = simplifyDevice(pushed);
	for (const [field, known] of Object.entries(device)) {
		if (!(field in pushed) || known === null) continue;
		// Lists are typed on one side only.
		const said = isObject(known) ? typed[field] : pushed[field];
		if (pushed[field] !== null && asText(said) !== asText(known)) {
			sources[field] = { shown: 'api', pushed: pushed[field] };
		}
		item[field] = known;
	}
	return { kind: 'believed', item, ...(Object.keys(sources).length > 0 ? { sources } : {}) };
}
