import './environment';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService, DataDeduplicationService } from 'n8n-core';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeTypes,
	WorkflowActivateMode,
} from 'n8n-workflow';

import { activate } from './activation';
import { createAdditionalData } from './additional-data';
import { chain } from './chain';
import { testCredential } from './credential-test';
import { MemoryCredentialsHelper } from './credentials';
import { MemoryDeduplicator } from './deduplicator';
import { removeUserFolder } from './environment';
import { execute } from './execute';
import { listSearch } from './list-search';
import { poll, type PollOptions } from './poll';
import { createCredentialTypes, createNodeTypes, type CredentialTypes } from './registry';
import type { RunResult } from './result';
import type * as T from './types';
import { serveWebhook, type ServedWebhook, type WebhookOptions } from './webhook';

const INPUT = 'Input';

const duplicates = new MemoryDeduplicator();
let ready: Promise<void> | undefined;

async function startCore(): Promise<void> {
	Container.get(BinaryDataConfig).mode = 'filesystem';
	await Container.get(BinaryDataService).init();
	// n8n-core allows one store per process; each test file has its own, and n8n-core stays loaded.
	Object.assign(DataDeduplicationService, { instance: undefined });
	await DataDeduplicationService.init(duplicates);
}

/** n8n without its server and database: real engine, contexts and request code, in this process. */
export class Engine {
	/** The store behind the nodes' dedupe helpers; shared by all engines of a test file. */
	readonly duplicates = duplicates;

	private executions = 0;

	constructor(
		readonly nodeTypes: INodeTypes,
		readonly credentialTypes: CredentialTypes,
	) {}

	/** Runs a workflow and waits for its end, or until it is put to wait. */
	async runWorkflow(request: T.WorkflowRequest): Promise<RunResult> {
		return await execute(request, this.nodeTypes, this.additionalData(request));
	}

	/** Runs one node, fed by a No Operation node "Input"; `items()` then means this node's. */
	async runNode(request: T.NodeRequest): Promise<RunResult> {
		const { type, parameters, input, name = 'Node', node, ...rest } = request;
		const { typeVersion, onError, retryOnFail, maxTries, waitBetweenTries, ...options } = rest;
		const draft: T.NodeDraft = { name, type, ...node };
		const settings = { parameters, typeVersion, onError, retryOnFail, maxTries, waitBetweenTries };
		for (const [key, value] of Object.entries(settings)) {
			if (value !== undefined) Object.assign(draft, { [key]: value });
		}
		const workflow: T.WorkflowRequest = {
			...options,
			input,
			startNode: INPUT,
			nodes: [{ name: INPUT, type: 'n8n-nodes-base.noOp' }, draft],
			connections: chain(INPUT, name),
		};
		return await execute(workflow, this.nodeTypes, this.additionalData(workflow), name);
	}

	/** Runs an exported workflow (a file of examples/), with changes per node name. */
	async runExample(file: T.WorkflowFile, options: T.ExampleOptions = {}): Promise<RunResult> {
		const { overrides = {}, settings, pinData, ...rest } = options;
		const unknown = Object.keys(overrides).filter(
			(name) => !file.nodes.some((n) => n.name === name),
		);
		if (unknown.length > 0) throw new Error(`No such node in the example: ${unknown.join(', ')}`);
		const nodes = file.nodes.map((node) => {
			const change = overrides[node.name];
			return { ...node, ...change, parameters: { ...node.parameters, ...change?.parameters } };
		});
		return await this.runWorkflow({
			...rest,
			nodes,
			connections: file.connections,
			settings: { ...file.settings, ...settings },
			pinData: { ...file.pinData, ...pinData },
		});
	}

	/** What the "Test" of a credential form says. */
	async testCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<INodeCredentialTestResult> {
		const helper = new MemoryCredentialsHelper(this.credentialTypes, { [type]: data });
		const credential = { id: type, name: type, type, data: helper.withDefaults(type, data) };
		const additionalData = createAdditionalData(helper, '', '');
		return await testCredential(this.credentialTypes(type), credential, additionalData);
	}

	/** What a resource locator's list shows. */
	async listSearch(request: T.ListSearchRequest): Promise<INodeListSearchResult> {
		return await listSearch(request, this.nodeTypes, this.additionalData(request));
	}

	/** Serves a webhook node over HTTP. */
	async serveWebhook(options: WebhookOptions): Promise<ServedWebhook> {
		return await serveWebhook(options, this.nodeTypes, () => this.additionalData(options));
	}

	/** Asks a webhook node whether it is set up. */
	async activate(options: WebhookOptions, activation: WorkflowActivateMode): Promise<boolean> {
		return await activate(options, activation, this.nodeTypes, this.additionalData(options));
	}

	/** Lets a polling node look once. */
	async poll(options: PollOptions): Promise<INodeExecutionData[][] | null> {
		return await poll(options, this.nodeTypes, this.additionalData(options));
	}

	/** The bytes behind a binary field of an item. */
	async readBinary(field: IBinaryData): Promise<Buffer> {
		return await Container.get(BinaryDataService).getAsBuffer(field);
	}

	/** Deletes the scratch folder; only needed outside jest. */
	close(): void {
		removeUserFolder();
	}

	private additionalData({
		credentials = {},
		executionId,
		workflowId,
	}: Pick<T.ExecutionOptions, 'credentials' | 'executionId' | 'workflowId'>) {
		const helper = new MemoryCredentialsHelper(this.credentialTypes, credentials);
		const id = executionId ?? String(++this.executions);
		return createAdditionalData(helper, id, workflowId ?? 'workflow');
	}
}

/** Starts the parts of n8n-core that need starting and registers the types to run. */
export async function createEngine(options: T.EngineOptions = {}): Promise<Engine> {
	await (ready ??= startCore());
	return new Engine(
		createNodeTypes(options.nodeTypes),
		createCredentialTypes(options.credentialTypes),
	);
}
