import fc from 'fast-check';

import {
	BASE_URL_EXPRESSION,
	resolveBaseUrl,
	type Environment,
} from '../../../credentials/shared/baseUrl';

const custom = (baseUrl: string) => resolveBaseUrl({ environment: 'custom', baseUrl });

/** What n8n's credential test computes from the expression. */
function byExpression(environment: Environment, baseUrl: string): unknown {
	const code = BASE_URL_EXPRESSION.replace(/^=\{\{/, '').replace(/\}\}$/, '');
	return (new Function('$credentials', `return (${code});`) as (credentials: unknown) => unknown)({
		environment,
		baseUrl,
	});
}

describe('the address of the API', () => {
	it('is the documented host of the environment, whatever the Base URL says', () => {
		const baseUrl = 'https://elsewhere.example';
		expect(resolveBaseUrl({ environment: 'production', baseUrl })).toBe(
			'https://www.microesim.top',
		);
		expect(resolveBaseUrl({ environment: 'test', baseUrl })).toBe('https://test.microesim.com');
	});

	it.each([
		['https://microesim.cn', 'https://microesim.cn'],
		['  https://microesim.cn/\n', 'https://microesim.cn'],
		['https://microesim.cn:8443///', 'https://microesim.cn:8443'],
		['https://proxy.example/esim/', 'https://proxy.example/esim'],
		['HTTPS://Microesim.CN', 'https://microesim.cn'],
		['http://localhost:4010/', 'http://localhost:4010'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://127.8.9.1:4010', 'http://127.8.9.1:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
	])('is the custom one without slashes at the end: %s', (typed, expected) => {
		expect(custom(typed)).toBe(expected);
	});

	it.each([
		'',
		'   ',
		'www.microesim.top',
		'/allesim/v1',
		'https://',
		'https:// microesim.top',
		'undefined',
	])('says that "%s" is no web address', (typed) => {
		expect(() => custom(typed)).toThrow(/"Base URL" .* is not a web address/);
	});

	it.each([
		'ftp://microesim.top',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'microesim.top:443',
		'ws://localhost',
	])('refuses the scheme of %s', (typed) => {
		expect(() => custom(typed)).toThrow(/"Base URL" .* starts with/);
	});

	it.each([
		'http://www.microesim.top',
		'http://127.0.0.1.evil.example',
		'http://localhost.evil.example',
		'http://10.0.0.1',
		'http://[::2]',
		'http://127.0.0.1@evil.example',
	])('does not send signatures unencrypted to %s', (typed) => {
		expect(() => custom(typed)).toThrow('unencrypted');
	});

	it.each([
		'https://a.example/?x=1',
		'https://a.example/#top',
		'https://user@a.example',
		'https://:word@a.example',
	])('refuses more than scheme, host, port and path: %s', (typed) => {
		expect(() => custom(typed)).toThrow('may hold only scheme, host, port and path');
	});

	it('does not repeat a password that stands in the address', () => {
		expect(() => custom('https://user:hunter2@a.example')).toThrow(
			expect.objectContaining({
				message: expect.not.stringContaining('hunter2') as string,
			}) as Error,
		);
	});

	it.each(['', 'Production', 'staging', 'constructor', 'toString', '__proto__'])(
		'refuses the environment "%s", which an expression may have set',
		(environment) => {
			expect(() =>
				resolveBaseUrl({ environment: environment as Environment, baseUrl: '' }),
			).toThrow('The field "Environment"');
		},
	);
});

describe('the address that the credential test computes', () => {
	it('is that of the environment', () => {
		expect(byExpression('production', '')).toBe('https://www.microesim.top');
		expect(byExpression('test', '')).toBe('https://test.microesim.com');
	});

	it('is the one that requests go to, for every address that is accepted', () => {
		const paths = fc
			.array(fc.constantFrom('a', 'esim', 'v2'), { maxLength: 3 })
			.map((parts) => parts.map((part) => `/${part}`).join(''));
		const ends = fc.constantFrom('', '/', '//', ' ', '/ \n');
		fc.assert(
			fc.property(fc.webAuthority({ withPort: true }), paths, ends, (authority, path, end) => {
				fc.pre(URL.canParse(`https://${authority}`));
				const { origin } = new URL(`https://${authority}`);
				expect(byExpression('custom', origin + path + end)).toBe(origin + path);
				expect(custom(origin + path + end)).toBe(origin + path);
			}),
		);
	});

	it.each(['https://a.example/?', 'https://a.example/#'])(
		'is that of requests, or the address is refused, for an empty query or fragment: %s',
		(typed) => {
			let accepted: string;
			try {
				accepted = custom(typed);
			} catch (error) {
				expect((error as Error).message).toContain('may hold only scheme, host, port and path');
				return;
			}
			expect(byExpression('custom', typed)).toBe(accepted);
		},
	);
});
