import type { Entry, Happening } from '../journal';

/** What two things that belong together may lie apart, ms by the computer's clock. */
export const MOMENT = 5000;

/** What an audit has found. */
export class Findings {
	/** What does not agree, a sentence each. */
	readonly faults: string[] = [];

	/** What differs as the documents say it may, each by something that was done in its moment. */
	readonly explained: string[] = [];

	constructor(private readonly journal: Entry[]) {}

	fault(sentence: string): void {
		this.faults.push(sentence);
	}

	/** A fault where it does not hold. */
	demand(holds: boolean, sentence: string): void {
		if (!holds) this.fault(sentence);
	}

	/** A fault where nothing explains it. @param why in words */
	because(sentence: string, why: string | undefined): void {
		if (why === undefined) this.fault(`${sentence}, and nothing in the script explains it`);
		else this.explained.push(`${sentence} (${why})`);
	}

	/**
	 * What may be only where one of these happened meanwhile; else it is a fault.
	 *
	 * @param between ms by the computer's clock
	 */
	byEvent(sentence: string, what: Happening[], between: [number, number], which = ''): void {
		this.because(sentence, this.eventOf(what, between, which)?.what);
	}

	/** The first that happened in that time. @param which part of what it was about */
	eventOf(what: Happening[], [from, to]: [number, number], which = ''): Entry | undefined {
		return this.journal.find(
			(one) =>
				what.includes(one.what) && one.from <= to && one.to >= from && one.which.includes(which),
		);
	}
}
