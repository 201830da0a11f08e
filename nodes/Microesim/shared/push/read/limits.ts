import type { IDataObject } from 'n8n-workflow';

/** Pushes are a few kilobytes; n8n itself would take 16 MB. */
export const LARGEST_BODY_BYTES = 256 * 1024;

/** A push describes one order; MicroeSIM recommends one eSIM per order. */
export const MOST_ESIMS = 1000;

/** Values of all eSIMs of a push together: each has a dozen, and all that are the same for every one of them. */
export const MOST_VALUES = 100_000;

const LETTERS_PER_VALUE = 64;

/** What fields cost that are read again for each eSIM, in values: a long text counts for several. */
export const costOf = (fields: IDataObject): number =>
	Object.values(fields).reduce<number>(
		(sum, value) => sum + 1 + (typeof value === 'string' ? value.length / LETTERS_PER_VALUE : 0),
		0,
	);
