import type { IDataObject } from 'n8n-workflow';

/** What is handed on of an eSIM that is believed. */
export interface Shown {
	/** Simplified, and as it came. */
	item: IDataObject;
	raw: IDataObject;
	/** What MicroeSIM itself shows and is not handed on: links that lead elsewhere, and what is no text. */
	leftOut?: string[];
	/** Fields in which the push and MicroeSIM differ: the item shows MicroeSIM's value, this says what was pushed. */
	sources?: IDataObject;
	/** Fields of `item` and of `raw` that MicroeSIM itself was not asked for. */
	unconfirmed: { item: string[]; raw: string[] };
}

/** Whether a push is believed. `unsure` means: it cannot be checked now, and must be sent again. */
export type Verdict =
	| ({ kind: 'believed' } & Shown)
	| { kind: 'denied'; reason: string }
	| { kind: 'unsure'; reason: string };

/** What this package adds to an item by itself. */
const OUR_OWN = ['delivered', 'esims_open'];

/** The fields that hold something, and that nobody but the sender of the push has said. */
export function unconfirmedIn(
	{ item, raw }: Pick<Shown, 'item' | 'raw'>,
	confirmed: ReadonlySet<string>,
): Shown['unconfirmed'] {
	const saidByNobodyElse = (shown: IDataObject) =>
		Object.keys(shown).filter((name) => !confirmed.has(name) && hasValue(shown[name]));
	return {
		item: saidByNobodyElse(item).filter((name) => !OUR_OWN.includes(name)),
		raw: saidByNobodyElse(raw),
	};
}

/** Whether a field holds anything. */
export const hasValue = (value: unknown): boolean =>
	value !== null && value !== undefined && value !== '';
