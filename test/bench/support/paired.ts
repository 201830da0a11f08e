/** Two ways to do the same work. Each returns what it measured. */
export interface Pair<Measured> {
	ours: () => Promise<Measured>;
	theirs: () => Promise<Measured>;
}

/**
 * Runs ways to do the same work in turns, forwards and backwards, so that a machine that gets slower or faster
 * meanwhile does so to all, and none always follows the same other one. The first turn of each warms up and does not count.
 *
 * @param repeats how often each counts; 0 counts the first turn
 */
export async function inTurns<Way extends string, Measured>(
	ways: Record<Way, () => Promise<Measured>>,
	repeats: number,
): Promise<Record<Way, Measured[]>> {
	const names = Object.keys(ways) as Way[];
	const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Way,
		Measured[]
	>;
	for (let repeat = 0; repeat <= repeats; repeat++) {
		for (const name of names) measured[name].push(await ways[name]());
		names.reverse();
		if (repeat === 0 && repeats > 0) for (const name of names) measured[name].length = 0;
	}
	return measured;
}

/** The same for two. */
export const paired = async <Measured>(
	{ ours, theirs }: Pair<Measured>,
	repeats: number,
): Promise<{ ours: Measured[]; theirs: Measured[] }> => await inTurns({ ours, theirs }, repeats);
