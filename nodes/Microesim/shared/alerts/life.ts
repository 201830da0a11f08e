import { inVendorZone, timeInWords } from '../answers/times';
import type { Alert, Kind } from './alert';
import { isTerminated, ownEvents, type Esim, type EsimEvent } from './esim';
import type { PlanFacts } from './planFacts';

/** What the phone did with an eSIM, and whether it was ended: each is told once. */
export function lifeOf(esim: Esim, events: EsimEvent[], plan: PlanFacts, now: number): Alert[] {
	const own = ownEvents(esim, events);
	const [installed] = own.filter(({ type }) => type === 'INSTALLED');
	const deleted = own.filter(({ type }) => type === 'DELETE').at(-1);
	return [
		...(installed
			? [happened('installed', installed.at, 'The eSIM was installed on a phone')]
			: []),
		...(deleted ? [happened('deleted', deleted.at, 'The eSIM was deleted from the phone')] : []),
		...(wasUsed(esim, plan, now)
			? [happened('first_used', esim.activeAt, 'The eSIM was used for the first time')]
			: []),
		...(isTerminated(esim, now)
			? [happened('terminated', esim.terminatedAt, 'The eSIM was terminated')]
			: []),
	];
}

/** A plan that starts with its order is active without a phone. */
const wasUsed = ({ megabytes, activeAt }: Esim, plan: PlanFacts, now: number): boolean =>
	(megabytes ?? 0) > 0 || (activeAt !== null && activeAt <= now && plan.startsWithOrder === false);

function happened(kind: Kind, at: number | null, what: string): Alert {
	const time = at === null ? null : inVendorZone(at);
	return {
		kind,
		// An eSIM can be deleted, installed and deleted again.
		mark: kind === 'deleted' ? `${at}` : '',
		text: at === null ? `${what}.` : `${what} at ${timeInWords(at)}.`,
		measured: { threshold: null, happened_at: time },
	};
}
