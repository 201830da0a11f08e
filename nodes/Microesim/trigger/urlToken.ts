import { randomBytes } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { readCredential } from '../../../credentials/shared/credentialData';
import { decryptedCredential } from '../shared/transport/decrypted';
import type { TriggerSettings } from './settings';

const TOKEN_BYTES = 24;

/**
 * The secret that the callback address must carry: of the node where a workflow of 0.1 has one, otherwise of the
 * credential.
 *
 * @returns "" where none is asked for
 * @throws Error with a sentence for people where the credential cannot be used, or lacks the token that it must have
 */
export async function urlTokenOf(
	context: IWebhookFunctions,
	settings: TriggerSettings,
): Promise<string> {
	const { urlToken, verifyBy } = settings;
	if (urlToken !== '' || verifyBy === 'nothing') return urlToken;
	const raw = await decryptedCredential(context);
	const fault = faultInToken(raw, settings);
	if (fault !== undefined) throw new Error(fault);
	return readCredential(raw).urlToken;
}

/**
 * Why a workflow must not be published, nor listen for a test: the check of its pushes lacks what it needs. One that
 * was published before is served again when n8n starts, so that MicroeSIM is asked to push again, not turned away.
 *
 * @returns undefined also where the credential cannot be read at the moment: pushes are asked to come again then
 */
export async function faultInPublishing(
	context: IHookFunctions,
	settings: TriggerSettings,
): Promise<string | undefined> {
	if (settings.verifyBy === 'nothing') return undefined;
	const isByUser = !['init', 'leadershipChange'].includes(context.getActivationMode());
	if (isByUser && !context.getNode().credentials?.microesimApi) return NO_CREDENTIAL;
	const raw = await context.getCredentials('microesimApi').catch(() => undefined);
	return raw && (faultInToken(raw, settings) ?? (isByUser ? faultIn(raw) : undefined));
}

function faultIn(raw: ICredentialDataDecryptedObject): string | undefined {
	try {
		readCredential(raw);
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

/** Only where the token is all that is checked, it must be there. */
const faultInToken = (
	{ urlToken: ofCredential }: ICredentialDataDecryptedObject,
	{ urlToken, verifyBy }: TriggerSettings,
): string | undefined =>
	verifyBy === 'token' && urlToken === '' && (ofCredential ?? '') === '' ? NO_TOKEN : undefined;

const NO_TOKEN =
	'"Verify Push By" is set to URL Token, but the credential has none. Set the field "URL Token" of the MicroeSIM API credential, or anybody who learns the address can start this workflow.';

const NO_CREDENTIAL =
	'The trigger has no credential, without which no push can be checked. Choose a MicroeSIM API credential in the trigger.';

/** A fresh token, for people to use: nobody else knows it, and it is kept nowhere. */
export const freshToken = (): string => randomBytes(TOKEN_BYTES).toString('hex');
