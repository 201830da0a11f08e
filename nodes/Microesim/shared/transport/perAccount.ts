import pLimit, { type Limit } from 'p-limit';

/** How many pages of its catalogue an account asks for at the same time, over all executions of this process. */
const MOST_AT_ONCE = 6;

/** Forgotten when nobody uses it: p-limit never lets go of the last thing it ran. */
const inUse = new Map<string, { limit: Limit; users: number }>();

/** Runs a request when fewer than six of this account are on their way. @param account its name by `accountOf` */
export async function inTurnOfAccount<T>(account: string, send: () => Promise<T>): Promise<T> {
	const turns = inUse.get(account) ?? { limit: pLimit(MOST_AT_ONCE), users: 0 };
	inUse.set(account, turns);
	turns.users++;
	try {
		return await turns.limit(send);
	} finally {
		turns.users--;
		if (turns.users === 0) inUse.delete(account);
	}
}
