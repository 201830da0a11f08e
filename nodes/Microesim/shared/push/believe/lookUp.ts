import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isSameCode } from '../../answers/activationCode';
import { simplifyDevice } from '../../answers/device';
import { isObject, recordOf } from '../../answers/shapes';
import { asText, textOrNull } from '../../answers/text';
import { ENDPOINTS } from '../../transport/endpoints';
import type { PushedEsim } from '../read/oneEsim';
import { askAbout } from './ask';
import { unconfirmedIn, type Verdict } from './verdict';

/** Fields that say which eSIM it is: here the push may not differ from the API at all. */
const IDENTIFYING = ['channel_dataplan_id', 'lpa_str'] as const;
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

/** An activation code may lack its prefix on one side; a plan is never written so. */
const isSame = (field: (typeof IDENTIFYING)[number], known: string, pushed: string): boolean =>
	field === 'lpa_str' ? isSameCode(known, pushed) : known === pushed;

const unprovenIn = (device: Record<string, unknown>) =>
	PROVING.find((field) => textOrNull(device[field]) === null);

function compare(esim: PushedEsim, device: Record<string, unknown>): Verdict {
	const unproven = unprovenIn(device);
	if (unproven !== undefined) {
		return { kind: 'unsure', reason: `MicroeSIM answered the look-up without ${unproven}` };
	}
	for (const field of IDENTIFYING) {
		const known = textOrNull(device[field]);
		const pushed = textOrNull(esim.item[field]);
		if (known !== null && pushed !== null && !isSame(field, known, pushed)) {
			return { kind: 'denied', reason: `the push and MicroeSIM differ on ${field}` };
		}
	}
	return layOver(esim, device);
}

/** The API's data wins; where both have a field and differ, the item says so. */
function layOver(esim: PushedEsim, device: Record<string, unknown>): Verdict {
	const [item, raw] = [{ ...esim.item }, { ...esim.raw }];
	const typed = simplifyDevice(esim.item);
	const sources: IDataObject = {};
	const confirmed = new Set<string>();
	for (const [field, known] of Object.entries(simplifyDevice(device))) {
		if (!(field in item) || known === null) continue;
		confirmed.add(field);
		// Lists are typed on one side only.
		const said = isObject(known) ? typed[field] : esim.item[field];
		item[field] = known;
		if (esim.item[field] === null || asText(said) === asText(known)) continue;
		sources[field] = { shown: 'api', pushed: esim.item[field] };
		if (field in raw) raw[field] = device[field] as IDataObject;
	}
	const unconfirmed = {
		item: unconfirmedIn(item, confirmed),
		raw: unconfirmedIn(raw, confirmed),
	};
	const differ = Object.keys(sources).length > 0;
	return { kind: 'believed', item, raw, unconfirmed, ...(differ && { sources }) };
}
