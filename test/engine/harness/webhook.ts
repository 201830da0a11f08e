import './environment';
import { WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	type IDataObject,
	type INodeExecutionData,
	type INodeTypes,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';

import { execute } from './execute';
import { newestVersion } from './registry';
import { readBody, type Request } from './requestBody';
import type { RunResult } from './result';
import type { CredentialData, NodeDraft } from './types';
import { createWorkflow } from './workflow';

/** What a webhook node is served with. */
export interface WebhookOptions {
	node: NodeDraft;
	credentials?: CredentialData;
	mode?: WorkflowExecuteMode;
	/** Stands for the nodes behind, in every run that reaches them; what it throws is a failed run. */
	run?: (items: INodeExecutionData[]) => Promise<void>;
	/** The workflow's static data as the database holds it; kept up to date. */
	stored?: IDataObject;
}

/** A webhook under an address of its own. */
export interface ServedWebhook {
	url: string;
	/** What each run handed to the nodes behind; runs that end at this node are not among them. */
	runs: INodeExecutionData[][];
	/** All runs that were started, with what became of them. */
	executions: RunResult[];
	/** Runs one of them again with the input it had, as a user does from n8n's list. */
	retry(index: number): Promise<RunResult>;
	stored: IDataObject;
	stop(): Promise<void>;
}

/** As the database keeps it. */
const copy = (data: IDataObject) => JSON.parse(JSON.stringify(data)) as IDataObject;

interface ExpressResponse extends ServerResponse {
	status(code: number): ExpressResponse;
	type(value: string): ExpressResponse;
	send(text?: string): ExpressResponse;
	json(value: unknown): ExpressResponse;
}

/** The part of Express' response that n8n and nodes use, on Node's own. */
const express = (plain: ServerResponse): ExpressResponse => {
	const response: ExpressResponse = Object.assign(plain, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		type(value: string) {
			response.setHeader('Content-Type', value);
			return response;
		},
		send(text = '') {
			response.end(text);
			return response;
		},
		json(value: unknown) {
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify(value));
			return response;
		},
	});
	return response;
};

/**
 * Serves a webhook node over HTTP through n8n's own WebhookContext. How n8n answers afterwards is repeated
 * here in few words, from its webhook-helpers; test/e2e runs the same node in a real server.
 */
export async function serveWebhook(
	options: WebhookOptions,
	nodeTypes: INodeTypes,
	additionalData: () => IWorkflowExecuteAdditionalData,
): Promise<ServedWebhook> {
	const { node, credentials, mode = 'webhook', run = async () => {} } = options;
	const started: INodeExecutionData[][][] = [];
	const served: ServedWebhook = {
		url: '',
		runs: [],
		executions: [],
		retry: async (index) => await executeOn(started[index]!, 'retry'),
		stored: options.stored ?? {},
		stop: async () => {},
	};
	const version = node.typeVersion ?? newestVersion(nodeTypes, node.type);
	const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(node.type), version);

	async function handle(request: Request, response: ExpressResponse): Promise<void> {
		if (!(await readBody(request, response, version))) return;
		request.query = { ...parse(new URL(request.url!, served.url).search.slice(1)) };
		const staticData = copy(served.stored);
		const workflow = createWorkflow(
			{ nodes: [node], connections: {}, credentials, staticData },
			nodeTypes,
		);
		const description = type.description.webhooks?.find(
			({ httpMethod }) => httpMethod === request.method,
		);
		if (!description) return void response.status(404).json({ message: 'not registered' });
		const data = { webhookDescription: description } as IWebhookData;
		const http = {
			httpRequest: request,
			httpResponse: response,
		} as unknown as Partial<IWorkflowExecuteAdditionalData>;
		const context = new WebhookContext(
			workflow,
			workflow.getNode(node.name)!,
			{ ...additionalData(), ...http },
			mode,
			data,
			[],
			null,
		);
		await answer(
			await type.webhook!.call(context),
			response,
			context.getNodeParameter('respond', 'onReceived') as string,
			() => {
				if (mode !== 'manual') served.stored = copy(workflow.staticData);
			},
		);
	}

	async function answer(
		{ workflowData, webhookResponse, noWebhookResponse }: IWebhookResponseData,
		response: ExpressResponse,
		respond: string,
		save: () => void,
	): Promise<void> {
		if (noWebhookResponse) return save();
		if (workflowData?.[0]) {
			const failed = !(await succeeds(workflowData));
			save();
			if (respond === 'lastNode') {
				return void (failed
					? response.status(500).json({ message: 'Error in workflow' })
					: response.send());
			}
		}
		save();
		response.send(String(webhookResponse ?? ''));
	}

	/** n8n answers "Immediately" while the run goes on; here it has ended by then, so that tests can look at it. */
	async function succeeds(inputs: INodeExecutionData[][]): Promise<boolean> {
		started.push(inputs);
		const result = await executeOn(inputs, mode);
		served.executions.push(result);
		const items = result.items();
		if (result.error()) return false;
		if (items.length === 0) return true;
		served.runs.push(items);
		return await run(items).then(
			() => true,
			() => false,
		);
	}

	async function executeOn(
		inputs: INodeExecutionData[][],
		as: WorkflowExecuteMode,
	): Promise<RunResult> {
		const request = { nodes: [node], connections: {}, credentials, mode: as, inputs };
		return await execute(request, nodeTypes, additionalData(), node.name);
	}

	const server = createServer((request, response) => {
		handle(request, express(response)).catch((error: Error) =>
			express(response).status(500).json({ message: error.message }),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	served.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	served.stop = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return served;
}
