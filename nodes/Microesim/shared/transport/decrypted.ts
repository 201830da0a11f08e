import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { dropOldest } from '../../../../credentials/shared/dropOldest';
import { nodeOf, type RequestContext } from '../context';

/** MicroeSIM sends a push again after five seconds: what was changed before that counts by then. */
const FRESH_MS = 5000;
/** So often a stranger may have n8n asked. */
const RENEWED_MS = 1000;
/** Who asks meanwhile shares the answer; a database that hangs must not keep it for ever. */
const LONGEST_READ_MS = 30_000;
const MOST_KEPT = 1000;

/** One question to n8n. */
export interface Read {
	asked: Promise<ICredentialDataDecryptedObject>;
	begun: number;
	/** When the answer came. */
	since?: number;
}

interface Kept extends Read {
	/** A later read, which takes its place when it succeeds. */
	renewal?: Read;
}

const ofRuns = new WeakMap<RequestContext, Kept>();
const ofTriggers = new Map<string, Kept>();

/**
 * The credential of a node, as n8n hands it over. n8n reads and decrypts it anew whenever it is asked, and for a
 * webhook starts an expression engine for it, too: so it is asked once in five seconds, for a run by itself and for
 * the pushes of a trigger together. What fails is not kept.
 *
 * @throws what n8n throws where there is none, or none that can be read
 */
export async function decryptedCredential(
	context: RequestContext,
): Promise<ICredentialDataDecryptedObject> {
	const place = placeOf(context);
	const kept = place.get();
	// Who asked first goes on first: orders leave in their sequence.
	if (kept && isWithin(kept, FRESH_MS)) return await kept.asked;
	const read = begin(context);
	place.set(read);
	read.asked.catch(() => {
		if (place.get() === read) place.forget();
	});
	return await read.asked;
}

/** What is kept at the moment, for comparing it with `renewed`; undefined where nothing is. */
export const keptCredential = (context: RequestContext): Read | undefined => placeOf(context).get();

/**
 * Looks whether a credential that is kept was changed, unless that was done within the last second. What is kept
 * stays until it is known.
 *
 * @returns what is kept now; undefined where nothing is
 */
export async function renewed(context: RequestContext): Promise<Read | undefined> {
	const place = placeOf(context);
	const kept = place.get();
	if (!kept || isWithin(kept, RENEWED_MS)) return kept;
	if (!kept.renewal || !isWithin(kept.renewal, RENEWED_MS)) kept.renewal = begin(context);
	const { renewal } = kept;
	await renewal.asked.then(
		() => place.get() === kept && place.set(renewal),
		() => {},
	);
	return place.get();
}

function begin(context: RequestContext): Read {
	const asked = context.getCredentials<ICredentialDataDecryptedObject>('microesimApi');
	const read: Read = { asked, begun: Date.now() };
	const note = () => void (read.since = Date.now());
	asked.then(note, note);
	return read;
}

/** A clock that was set back makes nothing last longer. */
function isWithin({ begun, since }: Read, ms: number): boolean {
	const age = Date.now() - (since ?? begun);
	return age >= 0 && age < (since === undefined ? LONGEST_READ_MS : ms);
}

/**
 * Each push has a context of its own; those of a trigger share by node and credential. Tests in the editor do not, nor
 * do executions that sleep: they may belong to different users.
 */
function placeOf(context: RequestContext) {
	const { id, type, credentials } = nodeOf(context);
	const isPush = 'getWebhookName' in context && type.endsWith('Trigger');
	if (!isPush || context.getMode() === 'manual') {
		return {
			get: () => ofRuns.get(context),
			set: (kept: Kept) => void ofRuns.set(context, kept),
			forget: () => void ofRuns.delete(context),
		};
	}
	const name = JSON.stringify([context.getWorkflow().id, id, credentials?.microesimApi?.id]);
	return {
		get: () => ofTriggers.get(name),
		set: (kept: Kept) => {
			ofTriggers.delete(name);
			ofTriggers.set(name, kept);
			dropOldest(ofTriggers, MOST_KEPT);
		},
		forget: () => void ofTriggers.delete(name),
	};
}
