import type { IDisplayOptions } from 'n8n-workflow';

import { nodeOf, type RequestContext } from './context';

/**
 * Whether a node is of version 1, which is all that workflows saved by 0.1 hold: what it puts out and asks for stays
 * as it was. Of later versions there is one so far, 2 of the node and 1.1 of the trigger.
 */
export const isVersion1 = (context: Pick<RequestContext, 'getNode'>): boolean =>
	(nodeOf(context).typeVersion ?? 1) === 1;

type Shown = NonNullable<IDisplayOptions['show']>;

/** When a field is shown. n8n makes a second type of a node for agents, whose name ends in "Tool". */
export const IN_VERSION_1: Shown = { '@version': [1] };
export const FROM_VERSION_2: Shown = { '@version': [{ _cnd: { gte: 2 } }] };
export const IN_TOOLS: Shown = { ...FROM_VERSION_2, '@tool': [true] };
export const NOT_IN_TOOLS: Shown = { ...FROM_VERSION_2, '@tool': [false] };
