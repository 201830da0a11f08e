import type { IDataObject } from 'n8n-workflow';

/** What is handed on of an eSIM that is believed. */
export interface Shown {
	/** Simplified, and as it came. */
	item: IDataObject;
	raw: IDataObject;
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

/** What this package adds by itself. */
const OUR_OWN = ['delivered', 'esims_open'];

/** The fields of an item that hold something, and that nobody but the sender of the push has said. */
export const unconfirmedIn = (shown: IDataObject, confirmed: ReadonlySet<string>): string[] =>
	Object.entries(shown)
		.filter(([name, value]) => !confirmed.has(name) && !OUR_OWN.includes(name) && hasValue(value))
		.map(([name]) => name);

const hasValue = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
