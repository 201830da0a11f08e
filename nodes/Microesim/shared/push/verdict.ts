import type { IDataObject } from 'n8n-workflow';

/** Whether a push is believed. `unsure` means: it cannot be checked now, and must be sent again. */
export type Verdict =
	| { kind: 'believed'; item: IDataObject; sources?: IDataObject }
	| { kind: 'denied'; reason: string }
	| { kind: 'unsure'; reason: string };
