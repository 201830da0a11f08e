import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPinData,
	IVersionedNodeType,
	IWorkflowSettings,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export type NodeClass = new () => INodeType | IVersionedNodeType;
export type CredentialClass = new () => ICredentialType;

/** What the user typed into each credential, by credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** A node as a test writes it: id, position, typeVersion (newest) and parameters may be left out. */
export type NodeDraft = Pick<INode, 'name' | 'type'> & Partial<INode>;

export interface EngineOptions {
	/** Classes by full type name; they come before our own and n8n's. */
	nodeTypes?: Record<string, NodeClass>;
	/** Classes by credential type name; they come before our own and n8n's. */
	credentialTypes?: Record<string, CredentialClass>;
}

export interface ExecutionOptions {
	credentials?: CredentialData;
	/** Defaults to `trigger`, a production execution; `manual` is the editor's test run. */
	mode?: WorkflowExecuteMode;
	/** Defaults to a number that counts up with each execution of the engine. */
	executionId?: string;
	/** Cancels the execution as n8n's stop button does. */
	signal?: AbortSignal;
	settings?: IWorkflowSettings;
	/** Defaults to `workflow`; the duplicate store keeps one list per workflow id and node id. */
	workflowId?: string;
	/** Handed to the workflow and changed in place, as n8n would save it after the run. */
	staticData?: IDataObject;
}

export interface WorkflowRequest extends ExecutionOptions {
	nodes: NodeDraft[];
	connections: IConnections;
	pinData?: IPinData;
	/** Name of the node to begin at; defaults to the trigger n8n would take. */
	startNode?: string;
	/** The start node's input; for a trigger, what it emits. Defaults to one empty item. */
	input?: INodeExecutionData[];
	/** All inputs of the start node, in place of `input`, as n8n hands over what a webhook returned. */
	inputs?: INodeExecutionData[][];
}

export interface NodeRequest extends ExecutionOptions {
	type: string;
	parameters?: INodeParameters;
	/** Defaults to one empty item. */
	input?: INodeExecutionData[];
	name?: string;
	typeVersion?: number;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	/** 0 means n8n's default of one second, as in n8n itself; write 1 for "at once". */
	waitBetweenTries?: number;
	/** Any other field of the node, e.g. `alwaysOutputData`. */
	node?: Partial<INode>;
}

export interface ListSearchRequest {
	type: string;
	/** Name in the node's `methods.listSearch`. */
	method: string;
	filter?: string;
	paginationToken?: string;
	parameters?: INodeParameters;
	credentials?: CredentialData;
	typeVersion?: number;
}

/** An exported workflow, as the files in examples/ are. */
export interface WorkflowFile {
	nodes: NodeDraft[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface ExampleOptions extends ExecutionOptions {
	startNode?: string;
	input?: INodeExecutionData[];
	pinData?: IPinData;
	/** Changes per node name; `parameters` are merged over the file's, everything else replaces. */
	overrides?: Record<string, Partial<INode>>;
}
