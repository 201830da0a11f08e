import './environment';
import { LoadOptionsContext } from 'n8n-core';
import {
	NodeHelpers,
	type INodeListSearchResult,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { ListSearchRequest } from './types';
import { createWorkflow } from './workflow';

const NODE = 'Temp-Node';

/** Fills the list of a resource locator, as opening it in n8n's editor does. */
export async function listSearch(
	request: ListSearchRequest,
	nodeTypes: INodeTypes,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeListSearchResult> {
	const { type, typeVersion, parameters = {}, credentials, filter, paginationToken } = request;
	const nodes = [{ name: NODE, type, parameters, ...(typeVersion && { typeVersion }) }];
	const workflow = createWorkflow({ nodes, connections: {}, credentials }, nodeTypes);
	const node = workflow.getNode(NODE);
	if (!node) throw new Error(`Unknown node type ${type}`);
	const nodeType = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(type), node.typeVersion);
	const search = nodeType.methods?.listSearch?.[request.method];
	if (!search) throw new Error(`${type} has no list search "${request.method}"`);

	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	return await search.call(context, filter, paginationToken);
}
