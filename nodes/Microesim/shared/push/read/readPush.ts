import { MOST_ESIMS } from './limits';
import type { PushedEsim } from './oneEsim';
import { readRecord, TOO_MANY_ESIMS, TOO_MANY_FIELDS, withoutCode, type Read } from './readRecord';
import { recordsIn } from './recordsIn';

/** What a body came to: eSIMs that are ready, or the reason why there is none. */
export type PushBody = {
	/** eSIMs of whose codes nobody knows which one is theirs: the order itself can tell. */
	mixedUp: OpenEsim[];
	/** eSIMs without a usable activation code. */
	open: OpenEsim[];
	/** Why a part of it names no eSIM that can be asked for again. */
	unnamed?: string;
} & ({ esims: PushedEsim[] } | { fault: string });

/** An eSIM that is named, but not ready. */
export interface OpenEsim {
	esim: PushedEsim;
	reason: string;
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
	if (!records) return { fault: TOO_MANY_FIELDS, mixedUp: [], open: [] };
	const reads = records
		.slice(0, MOST_ESIMS + 1)
		.flatMap((record) => readRecord(record, isUnordered));
	if (reads.length > MOST_ESIMS) return { fault: TOO_MANY_ESIMS, mixedUp: [], open: [] };
	const unnamed = reads.find((read) => typeof read === 'string');
	const [esims, twice] = byCode(
		reads.flatMap((read) => (isKind(read, 'ready') ? [read.esim] : [])),
	);
	const open = reads.flatMap((read) => (isKind(read, 'open') ? [read] : []));
	const mixedUp = [...reads.flatMap((read) => (isKind(read, 'mixedUp') ? [read] : [])), ...twice];
	if (esims.length > 0) return { esims, mixedUp, open, unnamed };
	const fault = open[0]?.reason ?? mixedUp[0]?.reason ?? unnamed ?? 'it names no order (topup_id)';
	return { fault, mixedUp, open, unnamed };
}

const isKind = <Kind extends 'ready' | 'open' | 'mixedUp'>(
	read: Read,
	kind: Kind,
): read is Extract<Read, { kind: Kind }> => typeof read !== 'string' && read.kind === kind;

/** Those that are named with one code, and those that are named with several. */
function byCode(esims: PushedEsim[]): [PushedEsim[], OpenEsim[]] {
	const codes = new Map<string, Set<unknown>>();
	const nameOf = ({ topupId, deviceId }: PushedEsim) => JSON.stringify([topupId, deviceId]);
	for (const esim of esims) {
		const known = codes.get(nameOf(esim)) ?? new Set();
		codes.set(nameOf(esim), known.add(esim.item.lpa_str));
	}
	const isSure = (esim: PushedEsim) => codes.get(nameOf(esim))!.size === 1;
	const twice = esims.filter((esim) => !isSure(esim));
	const reason = 'it has different activation codes for one eSIM';
	return [esims.filter(isSure), twice.map((esim) => ({ esim: withoutCode(esim), reason }))];
}
