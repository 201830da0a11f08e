import type {
	GenericValue,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { BASE_URL_EXPRESSION } from './shared/baseUrl';
import { readCredential } from './shared/credentialData';
import { SIGNATURE_HEADERS, signatureHeaders } from './shared/signature';

const SIGNED: ReadonlySet<string> = new Set(SIGNATURE_HEADERS);

export class MicroesimApi implements ICredentialType {
	name = 'microesimApi';

	displayName = 'MicroeSIM API';

	icon: Icon = { light: 'file:microesim.svg', dark: 'file:microesim.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-microesim/n8n-nodes-microesim/blob/main/README.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Production',
					value: 'production',
					description: 'Orders cost real money (www.microesim.top)',
				},
				{
					name: 'Test',
					value: 'test',
					description: 'The test system of MicroeSIM (test.microesim.com)',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address that MicroeSIM gave you, or the simulator',
				},
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.microesim.top',
			description:
				'Address of the API without the part /allesim/v1. Must be https, except on this machine itself. Where the test says ECONNREFUSED, ENOTFOUND or ETIMEDOUT, nobody answers at this address: check it, and the network.',
			displayOptions: { show: { environment: ['custom'] } },
			required: true,
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			description:
				'The account name that MicroeSIM gave you for its API. Who has none asks MicroeSIM for access to its API (www.microesim.top).',
			required: true,
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret that belongs to the account. It never leaves n8n: requests are signed with it.',
			required: true,
		},
		{
			displayName: 'Salt',
			name: 'salt',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The salt that belongs to the secret: hexadecimal characters, an even number of them',
			required: true,
		},
		{
			displayName: 'URL Token',
			name: 'urlToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A secret that MicroeSIM Triggers with this credential ask of every push: add ?token=… to the address you give to MicroeSIM. Long and random, letters and digits only; open the address of a trigger in a browser to get one. Empty asks for none.',
		},
		{
			displayName: 'Request Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{
					name: 'Form Data',
					value: 'multipart',
					description: 'As the API document says (multipart/form-data)',
				},
				{
					name: 'URL-Encoded',
					value: 'urlencoded',
					description: 'For proxies that do not let form data through',
				},
			],
			default: 'multipart',
			description:
				'How the fields of a request are sent. MicroeSIM accepts both: leave it as it is unless a proxy stands between n8n and MicroeSIM.',
		},
	];

	/**
	 * Signs one request. n8n calls it for every request, its own repeats included, so headers are
	 * overwritten and nonce and time are fresh each time.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { headers = {} } = requestOptions;
		const others: IDataObject = {};
		for (const name of Object.keys(headers)) {
			if (!SIGNED.has(name.toUpperCase())) others[name] = headers[name] as GenericValue;
		}
		const secrets = readCredential(credentials);
		requestOptions.headers = Object.assign(others, await signatureHeaders(secrets));
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL_EXPRESSION,
			url: '/allesim/v1/accountBalance',
			method: 'POST',
			disableFollowRedirect: true,
			timeout: 30_000,
		},
		rules: [
			{
				// Only a success has a balance, and MicroeSIM answers failures with HTTP 200, too.
				type: 'responseSuccessBody',
				properties: {
					key: 'result.balance',
					value: undefined,
					message:
						'MicroeSIM did not accept the request. Check Environment, Account, Secret and Salt, and that the clock of this machine is right.',
				},
			},
		],
	};
}
