import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { NodeFailure } from '../shared/errors/refusal';

/** What an operation makes of one input item; the item loop adds the link to it. */
export interface Result {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** What became of one input item. Results stand beside an error where part of it was done. */
export interface Outcome {
	itemIndex: number;
	results: Result[];
	/** More than one where an item asks for several orders. */
	errors?: Failed[];
}

/** Why an item, or an order of it, failed. */
export interface Failed {
	error: NodeFailure;
	/** What stands beside the message in the item of the error, for the nodes behind. */
	known?: IDataObject;
}

/** One operation: how the editor shows it, and what it does with input items. */
export type Operation = Shown & (PerItem | Together);

interface Shown {
	name: string;
	/** Stands in users' saved workflows: never changes. */
	value: string;
	/** In the nodes panel, and what a model is told that uses the node as a tool: in sentence case, with what it costs. */
	action: string;
	/** Below the node on the canvas, e.g. "Create order". */
	subtitle: string;
	description: string;
	/** Shown when resource and operation are chosen; that condition is added for all in one place. */
	fields: INodeProperties[];
	/** What must not be lost when an item fails, given what the others came to; what the error names is told by it. */
	noteOnFailure?(done: IDataObject[], failed: NodeFailure): string | undefined;
}

export type Execute = PerItem['execute'];

/** Most operations look at one item only; reads have some of them on their way at once (see shared/sideBySide). */
interface PerItem {
	/**
	 * @throws NodeApiError or NodeOperationError, whose message says what happened and whose description
	 *   says what to do
	 */
	execute(context: IExecuteFunctions, itemIndex: number): Promise<Result[]>;
}

/** Those that need to see all items of a run at once. */
interface Together {
	/**
	 * Throws nothing that belongs to an item: that is its outcome.
	 *
	 * @param continues whether the other items go on when one fails
	 */
	executeAll(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]>;
}

/** Operations on one kind of thing. */
export interface Resource {
	name: string;
	/** Stands in users' saved workflows: never changes. */
	value: string;
	operations: Operation[];
	/** The operation a new node starts with. */
	usual: string;
}
