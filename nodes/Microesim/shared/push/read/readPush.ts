import { canonicalCode } from '../../answers/activationCode';
import { textOrNull } from '../../answers/text';
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
	const { esims, mixedUp, open } = sorted(reads);
	if (esims.length > 0) return { esims, mixedUp, open, unnamed };
	const fault = open[0]?.reason ?? mixedUp[0]?.reason ?? unnamed ?? 'it names no order (topup_id)';
	return { fault, mixedUp, open, unnamed };
}

const isKind = <Kind extends 'ready' | 'open' | 'mixedUp'>(
	read: Read,
	kind: Kind,
): read is Extract<Read, { kind: Kind }> => typeof read !== 'string' && read.kind === kind;

const nameOf = ({ topupId, deviceId }: PushedEsim) => JSON.stringify([topupId, deviceId]);

/** Each eSIM once: mixed up where anything in the push says so, otherwise ready where it has its code anywhere. */
function sorted(reads: Read[]): { esims: PushedEsim[]; mixedUp: OpenEsim[]; open: OpenEsim[] } {
	const [esims, unsure] = byCode(
		reads.flatMap((read) => (isKind(read, 'ready') ? [read.esim] : [])),
	);
	const mixedUp = [...reads.flatMap((read) => (isKind(read, 'mixedUp') ? [read] : [])), ...unsure];
	const open = reads.flatMap((read) => (isKind(read, 'open') ? [read] : []));
	const known = new Set<string>();
	const isFirst = (esim: PushedEsim) => known.size < known.add(nameOf(esim)).size;
	return {
		mixedUp: mixedUp.filter(({ esim }) => isFirst(esim)),
		esims: esims.filter(isFirst),
		open: open.filter(({ esim }) => isFirst(esim)),
	};
}

/** Those whose code is theirs alone, and those that share one with another eSIM or have several. */
function byCode(esims: PushedEsim[]): [PushedEsim[], OpenEsim[]] {
	const codes = new Map<string, Set<string>>();
	const devices = new Map<string, Set<string>>();
	const note = (all: Map<string, Set<string>>, key: string, value: string) =>
		all.set(key, (all.get(key) ?? new Set<string>()).add(value));
	const codeOf = ({ item }: PushedEsim) => canonicalCode(textOrNull(item.lpa_str) ?? '');
	for (const esim of esims) {
		note(codes, nameOf(esim), codeOf(esim));
		note(devices, codeOf(esim), esim.deviceId);
	}
	const isSure = (esim: PushedEsim) =>
		codes.get(nameOf(esim))!.size === 1 && devices.get(codeOf(esim))!.size === 1;
	const unsure = esims.filter((esim) => !isSure(esim));
	const reason = 'it has several activation codes for one eSIM, or one for several';
	return [esims.filter(isSure), unsure.map((esim) => ({ esim: withoutCode(esim), reason }))];
}
