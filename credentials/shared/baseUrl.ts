/** The hosts of the API document, section 1 "Environment URLs". */
const HOSTS = {
	production: 'https://www.microesim.top',
	test: 'https://test.microesim.com',
} as const;

export type Environment = keyof typeof HOSTS | 'custom';

/** The same choice for n8n's credential test, which takes an expression and no function. */
export const BASE_URL_EXPRESSION = `={{ ${JSON.stringify(HOSTS)}[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/\\/+$/, '') }}`;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address all API paths are appended to.
 *
 * @param credential its environment, and the Base URL where that is `custom`
 * @returns scheme, host and path prefix, without a slash at the end
 * @throws Error with a sentence for people when the Base URL is no http(s) address, or would send the
 *   signature unencrypted over a network
 */
export function resolveBaseUrl(credential: { environment: Environment; baseUrl: string }): string {
	if (credential.environment !== 'custom') {
		if (!Object.hasOwn(HOSTS, credential.environment)) {
			throw new Error(
				`The field "Environment" of the MicroeSIM API credential holds "${String(credential.environment)}". Choose Production, Test or Custom.`,
			);
		}
		return HOSTS[credential.environment];
	}
	return checkCustom(credential.baseUrl.trim());
}

function checkCustom(baseUrl: string): string {
	const fault = (why: string) =>
		new Error(`The field "Base URL" of the MicroeSIM API credential ${why}`);
	if (!URL.canParse(baseUrl)) {
		throw fault('is not a web address. Type it like https://www.example.com');
	}
	const url = new URL(baseUrl);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw fault(`starts with "${url.protocol}", but MicroeSIM is reached by https:// only.`);
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw fault(
			'starts with http://, which would send your signature and your orders unencrypted over the network. Use https://; http:// is allowed only for this machine itself (127.0.0.1 or localhost).',
		);
	}
	if (url.username !== '' || url.password !== '' || /[?#]/.test(baseUrl)) {
		throw fault('may hold only scheme, host, port and path. Remove everything else.');
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
