import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import type { RequestContext } from '../context';

/** MicroeSIM sends a push again after five seconds: what was changed before that counts by then. */
const FRESH_MS = 5000;
/** So often a stranger may have n8n asked. */
const RENEWED_MS = 1000;
const MOST_KEPT = 100;

interface Kept {
	asked: Promise<ICredentialDataDecryptedObject>;
	since: number;
}

const ofRuns = new WeakMap<RequestContext, Kept>();
const ofWebhooks = new Map<string, Kept>();

/**
 * The credential of a node, as n8n hands it over. n8n reads and decrypts it anew whenever it is asked, and for a
 * webhook starts an expression engine, too, which costs more than all else that a push needs: so it is asked once
 * in five seconds, for a run by itself and for the webhook of a node together. What fails is not kept.
 *
 * @throws what n8n throws where there is none, or none that can be read
 */
export async function decryptedCredential(
	context: RequestContext,
): Promise<ICredentialDataDecryptedObject> {
	const { kept } = placeOf(context);
	const isFresh = kept !== undefined && Date.now() - kept.since < FRESH_MS;
	// Who asked first goes on first: orders leave in their sequence.
	return await (isFresh ? kept.asked : read(context));
}

/** Reads it again, unless that was done within the last second. @returns whether there is another one to go by */
export async function isRenewed(context: RequestContext): Promise<boolean> {
	const { kept } = placeOf(context);
	if (!kept || Date.now() - kept.since < RENEWED_MS) return false;
	return await read(context).then(
		() => true,
		() => false,
	);
}

function read(context: RequestContext): Promise<ICredentialDataDecryptedObject> {
	const place = placeOf(context);
	const asked = context.getCredentials<ICredentialDataDecryptedObject>('microesimApi');
	place.keep({ asked, since: Date.now() });
	asked.catch(() => place.forget());
	return asked;
}

/** Each call of a webhook has a context of its own; they share by node and credential. Tests in the editor do not. */
function placeOf(context: RequestContext) {
	if (!('getWebhookName' in context) || context.getMode() === 'manual') {
		return {
			kept: ofRuns.get(context),
			keep: (kept: Kept) => void ofRuns.set(context, kept),
			forget: () => void ofRuns.delete(context),
		};
	}
	const { id, credentials } = context.getNode();
	const name = JSON.stringify([context.getWorkflow().id, id, credentials?.microesimApi?.id]);
	return {
		kept: ofWebhooks.get(name),
		keep: (kept: Kept) => {
			ofWebhooks.delete(name);
			ofWebhooks.set(name, kept);
			dropOldest(ofWebhooks, MOST_KEPT);
		},
		forget: () => void ofWebhooks.delete(name),
	};
}
