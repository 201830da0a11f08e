import { nodeOf, type RequestContext } from '../shared/context';
import { log } from '../shared/log';
import type { EsimName } from '../shared/push/memory';

/**
 * Writes into n8n's log which eSIMs a trigger has to do with: their names alone, no code. In queue mode n8n deletes
 * what an execution was given when its worker is killed, and MicroeSIM was told that it arrived: then they stand there
 * alone.
 *
 * @param what happens to them, for example "received"
 */
export function logNames(context: RequestContext, what: string, names: EsimName[]): void {
	const esims = names.map(({ topupId, deviceId }) => `eSIM ${deviceId} of order ${topupId}`);
	// whoever sends it must not write lines of his own
	const text = esims.join(', ').replace(/\p{Cc}/gu, ' ');
	log(context, 'info', `MicroeSIM node "${nodeOf(context).name}" ${what} ${text}`);
}
