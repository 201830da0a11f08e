import type { IDataObject } from 'n8n-workflow';

/** What an eSIM can be watched for. The values stand in users' saved workflows and in items: they never change. */
export const KINDS = [
	'data_used',
	'deleted',
	'expired',
	'expires_soon',
	'first_used',
	'installed',
	'terminated',
] as const;

export type Kind = (typeof KINDS)[number];

/** Something that has come about with an eSIM, and is worth telling once. */
export interface Alert {
	kind: Kind;
	/** What tells it from other alerts of the same kind and eSIM: threshold, day, and the like. */
	mark: string;
	/** A sentence for a mail. */
	text: string;
	/** What was measured, by the names of the item's fields. */
	measured: IDataObject;
}

/** Alerts of which each includes the ones before it: who is told of 90 % need not be told of 50 %. */
export type Ladder = Alert[];

/** What a user asks to be told. */
export interface Wish {
	kinds: ReadonlySet<Kind>;
	/** Percents of the allowance, rising. */
	percents: number[];
	/** Days before an eSIM runs out. */
	daysBefore: number;
	/** Days in which an eSIM must be installed, where its plan says none. */
	daysToInstall?: number;
}
