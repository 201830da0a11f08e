import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { nobodyListens } from '../harness/olderN8n';
import { seenError, sentTo } from '../support/look';
import { useStranger } from '../support/stranger';
import { useBench } from '../support/useBench';

const bench = useBench({ balance: 77.5 });
const stranger = useStranger();

const test = async (change: ICredentialDataDecryptedObject = {}) =>
	await bench.engine.testCredential('microesimApi', { ...bench.credential, ...change });

describe('the test of the credential', () => {
	it('is fine when MicroeSIM tells the balance', async () => {
		expect((await test()).status).toBe('OK');
		expect(bench.simulator.requests).toHaveLength(1);
		expect(sentTo(bench.simulator, 'accountBalance')[0]).toMatchObject({
			method: 'POST',
			signature: 'valid',
		});
	});

	it.each<{ baseUrl?: string; secret?: string; salt?: string }>([
		{ baseUrl: ' http://127.0.0.1:PORT/ ' },
		{ baseUrl: 'http://localhost:PORT//' },
		{ secret: ' simulator-secret-not-a-real-one\n' },
		{ salt: 'C0FFEE00C0FFEE00C0FFEE00C0FFEE00' },
	])('is fine with what copying leaves behind: %j', async ({ baseUrl, ...change }) => {
		const port = new URL(bench.simulator.url).port;
		const address = baseUrl ? { baseUrl: baseUrl.replace('PORT', port) } : {};
		expect((await test({ ...change, ...address } as ICredentialDataDecryptedObject)).status).toBe(
			'OK',
		);
	});

	it.each([[{ secret: 'wrong' }], [{ account: 'nobody' }], [{ salt: 'c0ffee' }]])(
		'fails with %j, although HTTP says 200',
		async (change) => {
			const { status, message } = await test(change);
			expect(status).toBe('Error');
			expect(message).toContain('Check Environment, Account, Secret and Salt');
			expect(bench.simulator.requests.map((request) => request.status)).toEqual([200]);
		},
	);

	it.each([
		['{"code":7,"msg":"No"}'],
		['{"code":7,"msg":"No","result":null}'],
		['{"code":7,"msg":"No","result":{}}'],
		['{"code":500,"msg":"System error","result":""}'],
		['<html><body>Maintenance</body></html>'],
		[''],
		['{"status":"UP"}'],
	])('fails with the answer %s', async (body) => {
		bench.simulator.faults.next('accountBalance', {
			kind: 'http',
			status: 200,
			body,
			contentType: body.startsWith('<') ? 'text/html' : 'application/json',
		});
		expect((await test()).status).toBe('Error');
	});

	it.each([401, 403, 404, 500, 502])('fails with HTTP %i', async (status) => {
		bench.simulator.faults.always('accountBalance', {
			kind: 'http',
			status,
			body: '{"code":1,"msg":"x","result":{"balance":1}}',
		});
		expect((await test()).status).toBe('Error');
	});

	it('fails with a redirect, and does not follow it', async () => {
		const headers = { Location: `${stranger.url}/allesim/v1/accountBalance` };
		bench.simulator.faults.always('accountBalance', { kind: 'http', status: 307, headers });
		expect((await test()).status).toBe('Error');
		expect(stranger.seen).toEqual([]);
	});

	it('fails where nobody listens', async () => {
		const { status, message } = await test({ baseUrl: 'http://127.0.0.1:9' });
		expect(status).toBe('Error');
		expect(message).toContain(nobodyListens);
	});

	it.each<[ICredentialDataDecryptedObject, string]>([
		[{ account: ' ' }, '"Account" of the MicroeSIM API credential is empty'],
		[{ secret: '' }, '"Secret" of the MicroeSIM API credential is empty'],
		[{ salt: '' }, '"Salt" of the MicroeSIM API credential is empty'],
		[{ salt: 'xyz1' }, 'only hexadecimal characters'],
		[{ salt: 'abc' }, 'odd number of characters (3)'],
		[
			{ baseUrl: 'www.microesim.top' },
			'"Base URL" of the MicroeSIM API credential is not a web address',
		],
		[{ baseUrl: '' }, '"Base URL"'],
		[{ baseUrl: 'ftp://www.microesim.top' }, 'starts with "ftp:"'],
		[{ baseUrl: 'http://www.microesim.top' }, 'unencrypted over the network'],
		[{ baseUrl: 'http://127.0.0.1.example.com' }, 'unencrypted over the network'],
		[{ baseUrl: 'http://localhost.example.com' }, 'unencrypted over the network'],
		[{ baseUrl: 'http://user:pass@127.0.0.1' }, 'only scheme, host, port and path'],
		[{ baseUrl: 'http://127.0.0.1/?x=1' }, 'only scheme, host, port and path'],
	])('and an operation refuse %j with a sentence', async (change, sentence) => {
		const tested = await test(change);
		expect(tested).toEqual({
			status: 'Error',
			message: expect.stringContaining(sentence) as string,
		});
		const credentials = { microesimApi: { ...bench.credential, ...change } };
		const error = seenError(await bench.run('account', 'getBalance', {}, { credentials }));
		expect(error.message).toContain(sentence);
		expect(error.description).toContain('Open the credential in this node');
		expect(bench.simulator.requests).toEqual([]);
	});
});
