import { inspect } from 'node:util';

import type { RequestRecord, Simulator } from '../../../simulator';
import type { RunResult } from '../harness';

/** What a user sees of a failed execution. */
export interface Seen {
	message: string;
	description: string;
	httpCode: string | null;
	itemIndex: number | undefined;
}

/** The error an execution ended with; a test that expects one fails here when there is none. */
export function seenError(result: RunResult): Seen {
	const error = result.error();
	if (!error) throw new Error('The execution did not fail');
	const { message, description, httpCode, context } = error as unknown as {
		message: string;
		description?: string | null;
		httpCode?: string | null;
		context?: { itemIndex?: number };
	};
	return {
		message,
		description: description ?? '',
		httpCode: httpCode ?? null,
		itemIndex: context?.itemIndex,
	};
}

/** A field of an item, or of a credential, that must be text. */
export function textOf(item: object | undefined, field: string): string {
	const value = (item as Record<string, unknown> | undefined)?.[field];
	if (typeof value !== 'string')
		throw new Error(`"${field}" is no text in ${JSON.stringify(item)}`);
	return value;
}

/** What arrived at one endpoint, oldest first. */
export const sentTo = (simulator: Simulator, endpoint: string): RequestRecord[] =>
	simulator.requests.filter((request) => request.endpoint === endpoint);

/** Input items that carry a number each, for several items at once. */
export const items = (...values: unknown[]) =>
	values.map((value) => ({ json: { value } as never }));

/** Everything an execution leaves behind, hidden and nested parts of errors included, as text. */
export const everythingOf = (result: RunResult): string =>
	inspect(result.run, {
		depth: Infinity,
		showHidden: true,
		maxStringLength: Infinity,
		maxArrayLength: Infinity,
		breakLength: Infinity,
	});
