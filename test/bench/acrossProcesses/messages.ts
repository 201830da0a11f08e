/** How the numbers of a node lie in n8n's store. */
export type Way = 'rows' | 'list';

/** What a process of n8n is asked to do. */
export type Request =
	/** Brings n8n's tables to what this n8n wants. */
	| { ask: 'migrate' }
	/** Makes a workflow: the store keeps nothing of one that does not exist. */
	| { ask: 'workflow'; workflow: string }
	| { ask: 'fill'; workflow: string; way: Way; numbers: string[] }
	/** `at`: when, on the clock that all processes of a machine share. */
	| { ask: 'claim'; workflow: string; way: Way; number: string; at: number };

/** What came of it. */
export interface Reply {
	/** Whether the order may leave; only of a claim. */
	isNew?: boolean;
	/** How long the claim took. */
	milliseconds?: number;
	/** Why nothing came of it. */
	error?: string;
}

/** Messages are answered in any order, so they have a number. */
export type Numbered<Message> = Message & { id: number };

/** Milliseconds of a clock that is the same in all processes of a machine. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
