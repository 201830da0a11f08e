import type { Refusal } from '../shared/push/answer';
import { asksMicroesim } from '../shared/push/believe/verify';
import type { PushedEsim } from '../shared/push/read/oneEsim';
import type { PushBody } from '../shared/push/read/readPush';
import type { TriggerSettings } from './settings';

/** The eSIMs of a push that are to be decided about, and why others of it must come again. */
export interface Wanted {
	esims: PushedEsim[];
	refusals: Refusal[];
}

/**
 * Takes of a push what this trigger is to decide about. Other orders than those it accepts are none of its business,
 * whatever is pushed of them.
 */
export function wantedOf(push: PushBody, { verifyBy, orders }: TriggerSettings): Wanted {
	const isWanted = (topupId: string) => orders.length === 0 || orders.includes(topupId);
	const ofWanted = <T extends { esim: PushedEsim }>(parts: T[]) =>
		parts.filter(({ esim }) => isWanted(esim.topupId));
	const [mixedUp, open] = [ofWanted(push.mixedUp), ofWanted(push.open)];
	const unnamed = push.unnamed.filter(
		({ topupIds }) => topupIds.length === 0 || topupIds.some(isWanted),
	);
	// An order that is looked up shows by itself which code is whose, and whether there is one.
	const asked = [
		...(asksMicroesim(verifyBy) ? mixedUp : []),
		...(verifyBy === 'order' ? open : []),
	].map(({ esim }) => esim);
	const left = [...mixedUp, ...open].filter(({ esim }) => !asked.includes(esim));
	const ready = 'fault' in push ? [] : push.esims.filter(({ topupId }) => isWanted(topupId));
	const esims = [...ready, ...asked];
	// Where nothing of a push can be used, a copy of it cannot be, either; a part may come in another company.
	const isLost = esims.length === 0 && !left.some(({ mayChange }) => mayChange);
	const reasons = [...left, ...unnamed].map(({ reason }) => reason);
	if ('fault' in push && namesNothing(push)) reasons.push(push.fault);
	return {
		esims,
		refusals: reasons.map((reason): Refusal => ({ status: isLost ? 400 : 503, reason })),
	};
}

const namesNothing = ({ mixedUp, open, unnamed }: PushBody): boolean =>
	[mixedUp, open, unnamed].every((parts) => parts.length === 0);
