import type { ICheckProcessedOptions } from 'n8n-workflow';

/**
 * What n8n's database knows of a name: nobody has taken it; somebody has; and what it was taken for is done, or in
 * doubt. Of a name in a list nothing more is known than that it was taken.
 */
export type State = 'free' | 'taken' | 'done' | 'doubted' | 'listed';

/** Where names are kept. Each call rejects when the database does. */
export interface Store {
	look(name: string): Promise<State>;
	/** @returns whether this very call took the name */
	take(name: string): Promise<boolean>;
	/** Notes of a taken name that it is done. */
	finish(name: string): Promise<void>;
	/** Notes of a taken name that nobody knows, or will know, whether it is done. */
	doubt(name: string): Promise<void>;
	/** Lets a taken name be taken again. */
	free(name: string): Promise<void>;
}

/** The mode of n8n's helpers in which they keep a set of values. */
export const ENTRIES = { mode: 'entries' } as const satisfies ICheckProcessedOptions;
