import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** What an operation makes of one input item; the item loop adds the link to it. */
export interface Result {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** One operation: how the editor shows it, and what it does with one input item. */
export interface Operation {
	name: string;
	/** Stands in users' saved workflows: never changes. */
	value: string;
	/** In sentence case, e.g. "Create an order". */
	action: string;
	description: string;
	/** Shown when resource and operation are chosen; that condition is added for all in one place. */
	fields: INodeProperties[];
	/**
	 * @throws NodeApiError or NodeOperationError, whose message says what happened and whose description
	 *   says what to do
	 */
	execute(context: IExecuteFunctions, itemIndex: number): Promise<Result[]>;
	/**
	 * Checks an item without sending anything. Where nothing may be half done, all items are checked before the
	 * first one is carried out.
	 */
	check?(context: IExecuteFunctions, itemIndex: number): void;
	/** What must not be lost when a later item fails, given what the items before it came to. */
	noteOnFailure?(done: IDataObject[]): string | undefined;
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
