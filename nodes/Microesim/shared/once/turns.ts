/** What is under way, by name. */
const turns = new Map<string, Promise<unknown>>();

/** Does the work of one name one after another within this process. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
	const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
	const over = turn.catch(() => {});
	turns.set(name, over);
	void over.then(() => {
		if (turns.get(name) === over) turns.delete(name);
	});
	return await turn;
}
