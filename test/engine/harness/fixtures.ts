import {
	NodeOperationError,
	type IAuthenticate,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { textOf } from '../support/look';

/** What the classes below did, for the tests to look at. */
export const log = { nonces: 0, executions: 0 };

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An answer with this JSON body and status. */
export const json =
	(body: IDataObject, status = 200): Answer =>
	(_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	};

/** A throwaway credential that signs with a fresh nonce. */
export class TestApi implements ICredentialType {
	name = 'testApi';
	displayName = 'Test API';
	properties: INodeProperties[] = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Format', name: 'format', type: 'string', default: 'json' },
	];
	authenticate: IAuthenticate = async (credentials, options) => {
		const nonce = `${++log.nonces}-${textOf(credentials, 'format')}`;
		return { ...options, headers: { ...options.headers, 'x-nonce': nonce } };
	};
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/test' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'result', value: undefined as unknown as string, message: 'No result' },
			},
		],
	};
}

/** A throwaway node; its parameter "action" says which part of n8n to use. */
export class TestNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Test',
		name: 'test',
		group: ['transform'],
		version: [1, 2],
		description: '',
		defaults: { name: 'Test' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'testApi', required: true }],
		properties: [
			{ displayName: 'Action', name: 'action', type: 'string', default: 'echo' },
			{ displayName: 'Text', name: 'text', type: 'string', default: 'default', required: true },
		],
	};
	methods = {
		listSearch: {
			async plans(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				const baseUrl = textOf(await this.getCredentials('testApi'), 'baseUrl');
				const url = `${baseUrl}/plans/${filter}/${paginationToken}`;
				const name: unknown = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'testApi',
					{
						url,
						json: true,
					},
				);
				const value = this.getCurrentNodeParameter('text') as string;
				return { results: [{ name: JSON.stringify(name), value }], paginationToken: 'next' };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		log.executions++;
		const items: INodeExecutionData[] = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			try {
				items.push({ ...(await act(this, item)), pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				items.push({ json: { error: (error as Error).message }, pairedItem: { item } });
			}
		}
		return [items];
	}
}

async function act(node: IExecuteFunctions, item: number): Promise<INodeExecutionData> {
	const { helpers } = node;
	const text = node.getNodeParameter('text', item) as string;
	if (text === 'bad') throw new NodeOperationError(node.getNode(), 'Bad item', { itemIndex: item });
	switch (node.getNodeParameter('action', item) as string) {
		case 'request': {
			const baseUrl = textOf(await node.getCredentials('testApi'), 'baseUrl');
			const url = `${baseUrl}/post`;
			const options = { method: 'POST', url, body: {}, json: true } as const;
			const body = await helpers.httpRequestWithAuthentication.call(node, 'testApi', options);
			return { json: { body } };
		}
		case 'binary': {
			const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
			return { json: {}, binary: { data: await helpers.prepareBinaryData(png) } };
		}
		case 'dedupe': {
			const options = { mode: 'entries' } as const;
			const { processed } = await helpers.checkProcessedAndRecord([text], 'node', options);
			return { json: { known: processed.length > 0 } };
		}
		default:
			return { json: { text } };
	}
}
