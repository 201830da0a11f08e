import './environment';
import get from 'lodash/get';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialTestRequest,
	type ICredentialType,
	type ICredentialsDecrypted,
	type IDataObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

const failed = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });

/** A node with no job but to send the credential's test request, as n8n builds one. */
function testNode(type: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			displayName: 'Credential test',
			name: 'n8n-nodes-base.noOp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

async function sendTestRequest(
	nodeType: INodeType,
	credential: ICredentialsDecrypted,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<IDataObject> {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: nodeType.description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const output = await new RoutingNode(context, nodeType, credential).runNode();
	return output?.[0]?.[0]?.json ?? {};
}

interface Failure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function judgeFailure(error: unknown, rules: ICredentialTestRequest['rules'] = []) {
	const { message, cause } = error as Failure;
	if (!cause?.response) return failed(cause?.code ?? message);
	const { status, statusText } = cause.response;
	for (const { type, properties } of rules) {
		if (type === 'responseCode' && properties.value === status) return failed(properties.message);
	}
	if (status < 199 || status > 299) {
		return failed(statusText || `Received HTTP status code: ${status}`);
	}
	return failed(message);
}

/** Runs a credential's `test` request and judges the answer as n8n's credentials tester does. */
export async function testCredential(
	{ test }: ICredentialType,
	credential: ICredentialsDecrypted,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeCredentialTestResult> {
	if (!test) return failed('No testing function found for this credential.');
	let body: IDataObject;
	try {
		body = await sendTestRequest(testNode(credential.type, test), credential, additionalData);
	} catch (error) {
		return judgeFailure(error, test.rules);
	}
	for (const { type, properties } of test.rules ?? []) {
		if (type === 'responseSuccessBody' && get(body, properties.key) === properties.value) {
			return failed(properties.message);
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}
