import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INode,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Wherever n8n lets a node send requests from: it gives the credential, the request helper and the node. */
export type RequestContext =
	IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

const nodes = new WeakMap<object, INode>();

/** The node of a context: n8n copies it, with all its parameters, each time it is asked. Not to be changed. */
export function nodeOf(context: Pick<RequestContext, 'getNode'>): Readonly<INode> {
	const known = nodes.get(context);
	if (known) return known;
	const node = context.getNode();
	nodes.set(context, node);
	return node;
}

/** How n8n names the second type that it makes of a node which agents may use. */
const TOOL = /Tool$/;

/**
 * Whether an AI agent runs this node as its tool. The type says so on every way: n8n's `isToolExecution` is missing
 * before 2.0, and false where an agent of version 3 lets the engine run its tools.
 */
export const isOfAgent = (
	context: Pick<IExecuteFunctions, 'getNode'> & Partial<Pick<IExecuteFunctions, 'isToolExecution'>>,
): boolean => TOOL.test(nodeOf(context).type) || context.isToolExecution?.() === true;
