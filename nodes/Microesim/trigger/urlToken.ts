import { randomBytes } from 'crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readCredential } from '../../../credentials/shared/credentialData';
import type { TriggerSettings } from './settings';

const TOKEN_BYTES = 24;

/**
 * The secret that the callback address must carry: of the node where a workflow of 0.1 has one, otherwise of the
 * credential.
 *
 * @returns "" where none is asked for
 * @throws Error with a sentence for people where the credential cannot be used
 */
export async function urlTokenOf(
	context: IWebhookFunctions | IHookFunctions,
	{ urlToken, verifyBy }: TriggerSettings,
): Promise<string> {
	if (urlToken !== '' || verifyBy === 'nothing') return urlToken;
	const { urlToken: ofCredential } = readCredential(await context.getCredentials('microesimApi'));
	if (ofCredential === '' && verifyBy === 'token') throw new Error(NO_TOKEN);
	return ofCredential;
}

const NO_TOKEN =
	'"Verify Push By" is set to URL Token, but the credential has none. Set the field "URL Token" of the MicroeSIM API credential, or anybody who learns the address can start this workflow.';

/** A fresh token, for people to use: nobody else knows it, and it is kept nowhere. */
export const freshToken = (): string => randomBytes(TOKEN_BYTES).toString('hex');
