import type { Esim, EsimEvent } from './esim';
import type { PlanFacts } from './planFacts';

/** What is known of an eSIM when it is looked at. */
export interface Seen {
	esim: Esim;
	events: EsimEvent[];
	plan: PlanFacts;
	/** Milliseconds since 1970. */
	at: number;
}
