import pLimit from 'p-limit';

/** Look-ups of this process that are under way at once: the shop's orders need MicroeSIM's patience, too. */
const MOST_AT_ONCE = 5;
/** Those that wait for their turn; more would wait longer than their senders do. */
const MOST_WAITING = 100;
/** Too little to be worth a request. */
const SHORTEST_REQUEST_MS = 200;

const turns = pLimit(MOST_AT_ONCE);

/** What a look-up came to that was not made. */
export type NotAsked = { notAsked: string };

const BUSY: NotAsked = { notAsked: 'too many pushes are looked up at the moment' };

/**
 * Makes a look-up when its turn comes, if that is early enough for its sender.
 *
 * @param deadline milliseconds since 1970
 * @param ask told how many milliseconds are left
 */
export async function inTurn<T>(
	deadline: number,
	ask: (leftMs: number) => Promise<T>,
): Promise<T | NotAsked> {
	if (turns.pendingCount >= MOST_WAITING) return BUSY;
	return await turns(async () => {
		const left = deadline - Date.now();
		return left < SHORTEST_REQUEST_MS ? BUSY : await ask(left);
	});
}

/** Whether others wait for their turn. */
export const isBusy = (): boolean => turns.pendingCount > 0;
