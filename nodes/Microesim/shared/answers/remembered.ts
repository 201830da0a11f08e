/** Texts that a reader remembers; a catalogue of 50,000 plans has some hundred different ones. */
const KEPT_TEXTS = 1000;

/**
 * A reader that works out each text once, and forgets all when it has seen too many.
 *
 * @param read what comes of it is handed out again and again, as the same object
 */
export function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
	const known = new Map<string, Value>();
	return (text) => {
		if (!known.has(text)) {
			if (known.size === KEPT_TEXTS) known.clear();
			known.set(text, read(text));
		}
		return known.get(text) as Value;
	};
}
