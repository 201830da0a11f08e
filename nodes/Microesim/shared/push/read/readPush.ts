import { textOrNull } from '../../answers/text';
import { whichAreSure, type Claim } from '../whoseCode';
import { MOST_ESIMS } from './limits';
import type { NotReady, PushedEsim } from './oneEsim';
import {
	readRecord,
	TOO_MANY_ESIMS,
	TOO_MANY_FIELDS,
	mixedUp,
	type Read,
	type Unnamed,
} from './readRecord';
import { recordsIn } from './recordsIn';

/** What a body came to: eSIMs that are ready, or the reason why there is none. */
export type PushBody = {
	/** eSIMs of whose codes nobody knows which one is theirs: the order itself can tell. */
	mixedUp: OpenEsim[];
	/** eSIMs without a usable activation code. */
	open: OpenEsim[];
	/** Parts of it that name no eSIM that can be asked for again. */
	unnamed: Unnamed[];
} & ({ esims: PushedEsim[] } | { fault: string });

/** An eSIM that is named, but not ready. */
export interface OpenEsim extends NotReady {
	esim: PushedEsim;
}

/**
 * Reads a push in any of the shapes the API document leaves open: flat or wrapped in `data` or `result`, scalars,
 * lists or a list of objects. Unknown fields are kept.
 *
 * @param body the parsed body, whatever it is
 * @param isUnordered whether the order of its lists is lost
 * @returns every eSIM with the order it belongs to
 * @see API document, topupDetail-async
 */
export function readPush(body: unknown, isUnordered = false): PushBody {
	const records = recordsIn(body);
	if (!records) return refused(TOO_MANY_FIELDS);
	const reads: Read[] = [];
	for (const record of records) {
		reads.push(...readRecord(record, isUnordered));
		if (reads.length > MOST_ESIMS) return refused(TOO_MANY_ESIMS);
	}
	const unnamed = reads.filter((read) => read.kind === 'unnamed');
	const { esims, mixedUp, open } = sorted(reads);
	if (esims.length > 0) return { esims, mixedUp, open, unnamed };
	const [first = { reason: 'it names no order (topup_id)' }] = [...open, ...mixedUp, ...unnamed];
	return { fault: first.reason, mixedUp, open, unnamed };
}

const refused = (reason: string): PushBody => ({
	fault: reason,
	mixedUp: [],
	open: [],
	unnamed: [{ kind: 'unnamed', reason, topupIds: [] }],
});

const nameOf = ({ topupId, deviceId }: PushedEsim) => JSON.stringify([topupId, deviceId]);

/** Each eSIM once: mixed up where anything in the push says so, otherwise ready where it has its code anywhere. */
function sorted(reads: Read[]): { esims: PushedEsim[]; mixedUp: OpenEsim[]; open: OpenEsim[] } {
	const [esims, unsure] = byCode(
		reads.filter((read) => read.kind === 'ready').map(({ esim }) => esim),
	);
	const mixed = [...reads.filter((read) => read.kind === 'mixedUp'), ...unsure];
	const open = reads.filter((read) => read.kind === 'open');
	const known = new Set<string>();
	const isFirst = (esim: PushedEsim) => known.size < known.add(nameOf(esim)).size;
	return {
		mixedUp: mixed.filter(({ esim }) => isFirst(esim)),
		esims: esims.filter(isFirst),
		open: open.filter(({ esim }) => isFirst(esim)),
	};
}

/** Those whose code is theirs alone, and those that share one with another eSIM or have several. */
function byCode(esims: PushedEsim[]): [PushedEsim[], OpenEsim[]] {
	const claimOf = (esim: PushedEsim): Claim => ({
		esim: nameOf(esim),
		deviceId: esim.deviceId,
		code: textOrNull(esim.item.lpa_str) ?? '',
	});
	const isSureClaim = whichAreSure(esims.map(claimOf));
	const isSure = (esim: PushedEsim) => isSureClaim(claimOf(esim));
	const unsure = esims.filter((esim) => !isSure(esim));
	const reason = 'it has several activation codes for one eSIM, or one for several';
	return [esims.filter(isSure), unsure.map((esim) => mixedUp(esim, reason))];
}
