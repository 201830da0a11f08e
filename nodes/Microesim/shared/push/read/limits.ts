/** Pushes are a few kilobytes; n8n itself would take 16 MB. */
export const LARGEST_BODY_BYTES = 256 * 1024;

/** A push describes one order; MicroeSIM recommends one eSIM per order. */
export const MOST_ESIMS = 1000;
