/**
 * Does something once, as soon as something is so.
 *
 * @returns what gives up waiting for it
 */
export function when(isSo: () => boolean, act: () => unknown): () => void {
	const watch = setInterval(() => {
		if (!isSo()) return;
		clearInterval(watch);
		void act();
	}, 5);
	return () => clearInterval(watch);
}
