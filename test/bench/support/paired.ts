/** Two ways to do the same work. Each returns what it measured. */
export interface Pair<Measured> {
	ours: () => Promise<Measured>;
	theirs: () => Promise<Measured>;
}

/**
 * Runs two ways in turns, the first one changing each time, so that a machine that gets slower or faster meanwhile
 * does so to both. The first turn of each warms up and does not count.
 *
 * @param repeats how often each counts
 */
export async function paired<Measured>(
	{ ours, theirs }: Pair<Measured>,
	repeats: number,
): Promise<{ ours: Measured[]; theirs: Measured[] }> {
	const measured = { ours: [] as Measured[], theirs: [] as Measured[] };
	for (let repeat = 0; repeat <= repeats; repeat++) {
		const turns = [
			async () => void measured.ours.push(await ours()),
			async () => void measured.theirs.push(await theirs()),
		];
		for (const turn of repeat % 2 === 0 ? turns : turns.reverse()) await turn();
		if (repeat === 0 && repeats > 0) measured.ours.length = measured.theirs.length = 0;
	}
	return measured;
}
