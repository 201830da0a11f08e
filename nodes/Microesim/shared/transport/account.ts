import { createHash } from 'crypto';

import type { RequestContext } from '../context';
import { usableCredential } from './credential';

/**
 * Names the account of a node for what this process remembers of it. Another account has another name, and so has
 * the same one after any part of its credential that counts for MicroeSIM was changed.
 *
 * @throws NodeOperationError for a credential that cannot be used
 */
export async function accountOf(context: RequestContext, itemIndex: number): Promise<string> {
	const { environment, baseUrl, account, secret, salt } = await usableCredential(
		context,
		itemIndex,
	);
	return createHash('sha256')
		.update(JSON.stringify([environment, baseUrl, account, secret, salt]))
		.digest('base64url');
}
