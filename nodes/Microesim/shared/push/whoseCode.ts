import { canonicalCode } from '../answers/activationCode';
import { listOf } from '../answers/shapes';

/** A code that is said to belong to an eSIM. */
export interface Claim {
	/** The eSIM in its order. */
	esim: string;
	deviceId: string;
	code: string;
}

/**
 * Tells claims that are sure from others: an eSIM has one code, and a code belongs to one eSIM.
 *
 * @param claims all that is said
 */
export function whichAreSure(claims: Claim[]): (claim: Claim) => boolean {
	const codes = new Map<string, Set<string>>();
	const devices = new Map<string, Set<string>>();
	const note = (all: Map<string, Set<string>>, key: string, value: string) =>
		all.set(key, (all.get(key) ?? new Set<string>()).add(value));
	for (const { esim, deviceId, code } of claims) {
		note(codes, esim, canonicalCode(code));
		note(devices, canonicalCode(code), deviceId);
	}
	return ({ esim, code }) =>
		codes.get(esim)?.size === 1 && devices.get(canonicalCode(code))?.size === 1;
}

/** Whether lists side by side say nothing of whose each code is: there are more or fewer codes than eSIMs. */
export const areOfOtherLength = (deviceIds: unknown, codes: unknown): boolean => {
	const { length } = listOf(codes);
	return length > 0 && length !== listOf(deviceIds).length;
};
