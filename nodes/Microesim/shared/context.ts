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

/** Whether an AI agent runs this node as its tool. n8n tells since 2.0; before, only the type of the node does. */
export const isOfAgent = (
	context: Pick<IExecuteFunctions, 'getNode'> & Partial<Pick<IExecuteFunctions, 'isToolExecution'>>,
): boolean => context.isToolExecution?.() ?? TOOL.test(nodeOf(context).type);
