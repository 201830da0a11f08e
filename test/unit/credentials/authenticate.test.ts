import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { MicroesimApi } from '../../../credentials/MicroesimApi.credentials';
import { referenceSign } from '../support/referenceSigner';

const api = new MicroesimApi();
const NAMES = ['MICROESIM-ACCOUNT', 'MICROESIM-NONCE', 'MICROESIM-TIMESTAMP', 'MICROESIM-SIGN'];
const owner = { account: 'acct', secret: 'secret', salt: '00ff' };
const stored = { environment: 'production', baseUrl: '', bodyFormat: 'multipart', ...owner };

async function headersFor(options: IHttpRequestOptions): Promise<Record<string, string>> {
	return (await api.authenticate(stored, options)).headers as Record<string, string>;
}

const isSigned = (headers: Record<string, string>) =>
	headers['MICROESIM-SIGN'] ===
	referenceSign(owner, headers['MICROESIM-NONCE']!, headers['MICROESIM-TIMESTAMP']!);

describe('signing a request', () => {
	it('adds the four headers to a request without headers', async () => {
		const headers = await headersFor({
			url: 'https://www.microesim.top/allesim/v1/accountBalance',
		});
		expect(Object.keys(headers).sort()).toEqual([...NAMES].sort());
		expect(isSigned(headers)).toBe(true);
	});

	it('leaves url, body and other headers as they are', async () => {
		const body = new URLSearchParams({ topup_id: '1' });
		const signed = await api.authenticate(stored, {
			url: '/allesim/v1/topupDetail',
			baseURL: 'https://www.microesim.top',
			method: 'POST',
			body,
			headers: { Accept: 'application/json' },
		});
		expect(signed).toMatchObject({
			url: '/allesim/v1/topupDetail',
			baseURL: 'https://www.microesim.top',
			method: 'POST',
		});
		expect(signed.body).toBe(body);
		expect(signed.headers).toMatchObject({
			Accept: 'application/json',
			'MICROESIM-ACCOUNT': 'acct',
		});
	});

	it('overwrites old signatures, in whatever case their names are written', async () => {
		const anyCase = (name: string) =>
			fc.mixedCase(fc.constant(name)).chain((spelt) => fc.tuple(fc.constant(spelt), fc.string()));
		const old = fc
			.array(fc.oneof(...NAMES.map(anyCase)), { maxLength: 8 })
			.map((pairs) => Object.fromEntries(pairs));
		await fc.assert(
			fc.asyncProperty(old, async (headers) => {
				const signed = await headersFor({ url: '/', headers: { ...headers, 'X-Mine': 'kept' } });
				expect(Object.keys(signed).sort()).toEqual([...NAMES, 'X-Mine'].sort());
				expect(signed['MICROESIM-ACCOUNT']).toBe('acct');
				expect(isSigned(signed)).toBe(true);
			}),
		);
	});

	it('signs the same request anew when n8n sends it again', async () => {
		const options: IHttpRequestOptions = { url: '/' };
		const first = { ...(await headersFor(options)) };
		const second = await headersFor(options);
		expect(second['MICROESIM-NONCE']).not.toBe(first['MICROESIM-NONCE']);
		expect(second['MICROESIM-SIGN']).not.toBe(first['MICROESIM-SIGN']);
		expect(Object.keys(second)).toHaveLength(4);
		expect(isSigned(second)).toBe(true);
	});

	it('signs with the values as they are sent, without the spaces around them', async () => {
		const { headers } = await api.authenticate(
			{ ...stored, account: ' acct ', secret: 'secret\n', salt: ' 00ff' },
			{ url: '/' },
		);
		expect((headers as Record<string, string>)['MICROESIM-ACCOUNT']).toBe('acct');
		expect(isSigned(headers as Record<string, string>)).toBe(true);
	});

	it('refuses a credential that cannot be used, and sends nothing of it', async () => {
		const options: IHttpRequestOptions = { url: '/' };
		await expect(api.authenticate({ ...stored, salt: 'abc' }, options)).rejects.toThrow(
			'The field "Salt"',
		);
		await expect(
			api.authenticate(
				{ ...stored, environment: 'custom', baseUrl: 'http://shop.example' },
				options,
			),
		).rejects.toThrow('unencrypted');
		expect(options.headers).toBeUndefined();
	});
});
