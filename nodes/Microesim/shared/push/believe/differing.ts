import { isSameCode } from '../../answers/activationCode';
import { isObject } from '../../answers/shapes';
import { saidOrNull } from '../../answers/text';
import type { PushedEsim } from '../read/oneEsim';

/** Fields that say which eSIM it is: here the push may not differ from MicroeSIM at all. */
type Identifying = 'channel_dataplan_id' | 'lpa_str';

const DEEPEST = 4;

/** All that is said in a value, also in the lists and objects in it. */
const texts = (value: unknown, depth = 0): string[] => {
	if (!isObject(value)) return [saidOrNull(value) ?? []].flat();
	return depth > DEEPEST ? [''] : Object.values(value).flatMap((inner) => texts(inner, depth + 1));
};

/**
 * The first field in which a push and MicroeSIM say different things about which eSIM it is. What one of them does not
 * say is no difference.
 *
 * @param known MicroeSIM's answer about the eSIM
 */
export function differingIn(
	{ item, raw }: PushedEsim,
	known: Partial<Record<Identifying, unknown>>,
): Identifying | undefined {
	const [plan] = texts(known.channel_dataplan_id);
	// As it came: a list in place of a plan has none in the item.
	if (plan !== undefined && !texts(raw.channel_dataplan_id).every((said) => said === plan))
		return 'channel_dataplan_id';
	const [code] = texts(known.lpa_str);
	if (code !== undefined && !texts(item.lpa_str).every((said) => isSameCode(said, code)))
		return 'lpa_str';
	return undefined;
}
