/** Pushes are a few kilobytes; n8n itself would take 16 MB. */
export const LARGEST_BODY_BYTES = 256 * 1024;

/** A push describes one order; MicroeSIM recommends one eSIM per order. */
export const MOST_ESIMS = 1000;

/** Values of all eSIMs of a push together: each has a dozen, and all that are the same for every one of them. */
export const MOST_VALUES = 100_000;
