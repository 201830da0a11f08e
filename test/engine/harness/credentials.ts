import './environment';
import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { authenticateGeneric } from './authenticate-generic';
import type { CredentialTypes } from './registry';
import type { CredentialData } from './types';

/** Fields n8n itself keeps in a credential although its type does not list them. */
const ADDED_BY_N8N = ['allowedHttpRequestDomains', 'allowedDomains', 'oauthTokenData'] as const;

/** n8n's credentials helper without its database: same calls, same order, data held in memory. */
export class MemoryCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: CredentialTypes,
		private readonly data: CredentialData,
	) {
		super();
	}

	override getParentTypes(name: string): string[] {
		const parents = this.types(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(name: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.types(name);
		const merged: INodeProperties[] = [];
		for (const parent of parents) {
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const type = this.types(typeName);
		const options = requestOptions as IHttpRequestOptions;
		if (typeof type.authenticate === 'function') {
			return await type.authenticate(credentials, options);
		}
		if (!type.authenticate || !workflow || !node) return options;
		return authenticateGeneric(type.authenticate, credentials, options, workflow, node);
	}

	/** None of the credential types used here has a token that expires. */
	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	/** Only OAuth2 credentials come here. */
	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(
		{ id, name }: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentials> {
		const credentials = new Credentials({ id, name }, type);
		await credentials.setData(this.stored(type));
		return credentials;
	}

	override async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored(type);
		if (raw) return { ...stored };
		const decrypted = this.withDefaults(type, stored);
		if (!values) return decrypted;
		return values.workflow.expression.getParameterValue(
			decrypted as INodeParameters,
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			decrypted as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	/** What n8n hands out: the stored fields plus the defaults of the fields that are shown. */
	withDefaults(
		type: string,
		stored: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const given = stored as INodeParameters;
		const result = NodeHelpers.getNodeParameters(properties, given, true, false, null, null);
		const decrypted = { ...result } as ICredentialDataDecryptedObject;
		for (const field of ADDED_BY_N8N) {
			if (stored[field] !== undefined) decrypted[field] ??= stored[field];
		}
		return decrypted;
	}

	override async updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = data;
	}

	override async updateCredentialsOauthTokenData(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = { ...this.stored(type), ...(oauthTokenData && { oauthTokenData }) };
	}

	private stored(type: string): ICredentialDataDecryptedObject {
		const data = this.data[type];
		if (!data) throw new Error(`The test gave no credential of type "${type}"`);
		return data;
	}
}
