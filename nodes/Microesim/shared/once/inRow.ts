import { createHash } from 'crypto';
import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';

import { isOfAgent, nodeOf } from '../context';
import { ENTRIES } from './store';

/** A row of a name. */
export interface RowName {
	name: string;
	/** Which of its rows; each name has one without. */
	part?: string;
}

/**
 * Makes one call of n8n's deduplication helpers in a row of a name. The helpers name their row after the id of the
 * engine's own node object, and read it when they are called: for that moment alone the node shows another id, and
 * its own again before anything is awaited.
 *
 * @param call one call of one helper, without an await before it
 * @throws NodeOperationError where n8n took no notice of the other id; what the call throws
 */
export async function inRow<T>(
	context: IExecuteFunctions,
	row: RowName,
	call: (helpers: IExecuteFunctions['helpers']) => Promise<T>,
): Promise<T> {
	const made = callUnderId(context, idOf(context, row), call);
	const result = await made?.result;
	if (made?.read) return result as T;
	throw new NodeOperationError(context.getNode(), "n8n's store takes no notice of a row's name");
}

/**
 * The number of values in the row of a name, where n8n takes notice of that name.
 *
 * @returns undefined where it takes none; then another row was read, and none was written
 */
export async function countInRow(
	context: IExecuteFunctions,
	name: string,
): Promise<number | undefined> {
	const made = callUnderId(
		context,
		idOf(context, { name }),
		async (helpers) => await helpers.getProcessedDataCount('node', ENTRIES),
	);
	const count = await made?.result;
	return made?.read ? count : undefined;
}

/** Short, because n8n's column is. */
const idOf = (context: IExecuteFunctions, { name, part }: RowName): string => {
	const hash = createHash('sha256').update(name).digest('base64url').slice(0, 22);
	return [nodeOf(context).id, hash, ...(part === undefined ? [] : [part])].join(':');
};

function callUnderId<T>(
	context: IExecuteFunctions,
	id: string,
	call: (helpers: IExecuteFunctions['helpers']) => Promise<T>,
): { read: boolean; result: Promise<T> } | undefined {
	const node = nodeOfEngine(context);
	const own = node && Object.getOwnPropertyDescriptor(node, 'id');
	if (!node || !own?.configurable) return undefined;
	let read = false;
	const get = () => {
		read = true;
		return id;
	};
	Object.defineProperty(node, 'id', { configurable: true, enumerable: true, get });
	try {
		const result = call(context.helpers);
		return { read, result };
	} finally {
		Object.defineProperty(node, 'id', own);
	}
}

/** The object that the helpers read: an agent runs a tool with its own data, and the tool's node beside it. */
function nodeOfEngine(context: IExecuteFunctions): INode | undefined {
	if (!isOfAgent(context)) return context.getExecuteData?.()?.node;
	const { node } = context as unknown as { node?: INode };
	return node ?? context.getExecuteData?.()?.node;
}
