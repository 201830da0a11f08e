import { isObject, listOf } from '../answers/shapes';
import { textOrNull } from '../answers/text';

/** The ids that say what a call is about, and what they stand for in words. */
const IDS = { topup_id: 'order', device_id: 'eSIM' } as const;

/**
 * Whether an answer is about another order or eSIM than was asked for: believing it would hand somebody else's
 * eSIM to this buyer. An answer that names no id is about what was asked.
 *
 * @param fields what was sent
 * @param result what was answered; of a list its first entry tells
 * @returns the other order or eSIM in words; undefined where there is none
 */
export function aboutAnother(
	fields: Readonly<Record<string, unknown>>,
	result: unknown,
): string | undefined {
	const [given] = listOf(result);
	if (!isObject(given)) return undefined;
	for (const [field, word] of Object.entries(IDS)) {
		const asked = textOrNull(fields[field]);
		// A bare number of many digits was kept as text, so that texts can be compared.
		const named = listOf(given[field])
			.map(textOrNull)
			.filter((id) => id !== null);
		if (asked !== null && named.length > 0 && !named.includes(asked)) {
			return `another ${word} ("${named.join('", "')}")`;
		}
	}
	return undefined;
}
