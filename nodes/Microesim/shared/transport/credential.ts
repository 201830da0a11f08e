import { NodeOperationError } from 'n8n-workflow';

import {
	readCredential,
	type MicroesimCredential,
} from '../../../../credentials/shared/credentialData';
import type { RequestContext } from '../context';
import { decryptedCredential } from './decrypted';

/** The credential of a node, as requests are signed with it. @throws NodeOperationError naming the field to mend */
export async function usableCredential(
	context: RequestContext,
	itemIndex: number,
): Promise<MicroesimCredential> {
	try {
		return readCredential(await decryptedCredential(context));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), (error as Error).message, {
			itemIndex,
			description:
				'Open the credential in this node, mend the field and try again. Nothing was sent.',
		});
	}
}
