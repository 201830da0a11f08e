/**
 * How much of it a test does.
 *
 * @param whole as `node scripts/e2e.mjs --whole` has it, which the documents quote
 * @param otherwise enough to be seen at work, in continuous integration
 */
export const inWhole = (whole: number, otherwise: number): number =>
	process.env.MICROESIM_WHOLE ? whole : otherwise;
