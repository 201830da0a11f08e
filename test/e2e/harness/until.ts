import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

/**
 * Looks again and again until there is something to be seen.
 *
 * @param look gives false or undefined while there is not
 * @param what in words, for the error
 * @returns what was seen
 * @throws Error where it does not come to be within two minutes
 */
export async function until<Seen>(
	look: () => Seen | Promise<Seen>,
	what = 'what was waited for',
): Promise<Exclude<Seen, false | undefined>> {
	for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(50)) {
		const seen = await look();
		if (seen !== false && seen !== undefined) return seen as Exclude<Seen, false | undefined>;
		if (Date.now() > deadline) throw new Error(`It did not come to be: ${what}`);
	}
}
