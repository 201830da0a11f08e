import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

/** Adds what a credential with a declarative `authenticate` says, as stock credentials do. */
export function authenticateGeneric(
	{ properties }: IAuthenticateGeneric,
	$credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolved = (value: string): string => {
		if (!value.startsWith('=')) return value;
		const args = [node, value, 'internal', { $credentials }, undefined, ''] as const;
		return (workflow.expression.getSimpleParameterValue(...args) || '') as string;
	};
	const target = options as unknown as Record<string, Record<string, string> | undefined>;
	for (const [part, values] of Object.entries(properties)) {
		const fields = (target[part] ??= {});
		for (const [key, value] of Object.entries(values))
			fields[resolved(key)] = resolved(value as string);
	}
	return options;
}
