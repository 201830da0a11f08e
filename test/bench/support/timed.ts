/** Does the work. @returns how long that took, in milliseconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const since = performance.now();
	await work();
	return performance.now() - since;
}
