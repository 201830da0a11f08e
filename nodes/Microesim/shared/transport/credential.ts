import { NodeOperationError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	readCredential,
	type MicroesimCredential,
} from '../../../../credentials/shared/credentialData';
import type { RequestContext } from '../context';
import { decryptedCredential } from './decrypted';

/** A credential as n8n hands it over, and what was read of it. */
export interface BothForms {
	data: ICredentialDataDecryptedObject;
	credential: Readonly<MicroesimCredential>;
}

/** Both forms of the credential of a node, which belong together. @throws NodeOperationError naming the field to mend */
export async function bothForms(context: RequestContext, itemIndex: number): Promise<BothForms> {
	try {
		const data = await decryptedCredential(context);
		return { data, credential: readCredential(data) };
	} catch (error) {
		throw new NodeOperationError(context.getNode(), (error as Error).message, {
			itemIndex,
			description:
				'Open the credential in this node, mend the field and try again. Nothing was sent.',
		});
	}
}

/** The credential of a node, as requests are signed with it. @throws NodeOperationError naming the field to mend */
export const usableCredential = async (
	context: RequestContext,
	itemIndex: number,
): Promise<Readonly<MicroesimCredential>> => (await bothForms(context, itemIndex)).credential;
