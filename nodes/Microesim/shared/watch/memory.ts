import type { KnownPlan } from './knownPlan';

/**
 * The plans of a catalogue as one text: n8n keeps it as JSON in a row of its database. One line per plan; what
 * name and currency share with the line before is left out.
 */
const FIELD = '|';
const LINE = '\n';
/** Where a currency is none, and that of the line before is one: no text as it is remembered. */
const NONE = ' ';

/** A text as it is remembered: what stands between fields and lines is no part of it. */
export const plain = (text: string): string => text.replace(/[|\s]+/g, ' ').trim();

/** 32 hexadecimal digits, with the hyphens of a UUID or without. */
const HEX = /^([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/;

/** IDs are mostly UUIDs: 22 letters in place of 36. */
export function packId(id: string): string {
	const match = HEX.exec(id);
	if (!match) return `=${plain(id)}`;
	const [, first, hyphen, ...others] = match;
	const packed = Buffer.from([first, ...others].join(''), 'hex').toString('base64url');
	return hyphen === '' ? `.${packed}` : packed;
}

/** @see packId */
export function unpackId(packed: string): string {
	if (packed.startsWith('=')) return packed.slice(1);
	const isPlain = packed.startsWith('.');
	const hex = Buffer.from(isPlain ? packed.slice(1) : packed, 'base64url').toString('hex');
	return isPlain ? hex : hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A line with all its fields: a text that was cut is none. */
const WRITTEN = /^[^|]+(\|[^|]*){3}\|(\d+|g)?\|[0-9a-z][^|]*$/;

/** As many letters as one digit of this base can say are shared with the name before. */
const BASE = 36;

function sharedWith(before: string, name: string): number {
	let shared = 0;
	while (shared < BASE - 1 && shared < name.length && before[shared] === name[shared]) shared++;
	return shared;
}

/** @returns the text that `readPlans` reads; plans come back in the order of their names */
export function writePlans(plans: ReadonlyMap<string, KnownPlan>): string {
	let [lastName, lastCurrency] = ['', ''];
	const lines = [...plans]
		.sort(([, one], [, other]) => (one.name < other.name ? -1 : Number(one.name > other.name)))
		.map(([id, { name, price, currency, content, missing, isGone }]) => {
			const shared = sharedWith(lastName, name);
			const shownName = shared.toString(BASE) + name.slice(shared);
			const shownCurrency = currency === lastCurrency ? '' : currency || NONE;
			[lastName, lastCurrency] = [name, currency];
			const state = isGone ? 'g' : missing > 0 ? String(missing) : '';
			return [packId(id), price, shownCurrency, content, state, shownName].join(FIELD);
		});
	return [lines.length, ...lines].join(LINE);
}

/** @returns undefined where that is no text of `writePlans`: then nothing is known */
export function readPlans(text: unknown): Map<string, KnownPlan> | undefined {
	if (typeof text !== 'string') return undefined;
	const plans = new Map<string, KnownPlan>();
	let [lastName, lastCurrency] = ['', ''];
	const [count, ...lines] = text.split(LINE);
	if (count !== `${lines.length}`) return undefined;
	for (const line of lines) {
		if (!WRITTEN.test(line)) return undefined;
		const [id = '', price = '', currency = '', content = '', state = '', shownName = ''] =
			line.split(FIELD);
		const shared = parseInt(shownName.slice(0, 1), BASE) || 0;
		lastName = lastName.slice(0, shared) + shownName.slice(1);
		if (currency !== '') lastCurrency = currency === NONE ? '' : currency;
		plans.set(unpackId(id), {
			name: lastName,
			price,
			currency: lastCurrency,
			content,
			missing: state === 'g' ? 0 : Number(state),
			isGone: state === 'g',
		});
	}
	return plans;
}
