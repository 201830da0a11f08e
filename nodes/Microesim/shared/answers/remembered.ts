import { dropOldest } from '../../../../credentials/shared/dropOldest';

/** Texts that a reader remembers; many plans of a catalogue share theirs. */
const KEPT_TEXTS = 1000;

/**
 * A reader that works out each text once, as long as there are not too many.
 *
 * @param read what comes of it is handed out again and again, as the same object
 */
export function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
	const known = new Map<string, Value>();
	return (text) => {
		if (known.has(text)) return known.get(text) as Value;
		const value = read(text);
		known.set(text, value);
		dropOldest(known, KEPT_TEXTS);
		return value;
	};
}
