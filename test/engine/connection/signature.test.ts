import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { MicroesimApi } from '../../inside';
import { createEngine } from '../harness';
import { seenError } from '../support/look';
import { useBench } from '../support/useBench';

const bench = useBench({ balance: 77.5 });

describe("n8n's HTTP Request node with the credential", () => {
	const call = async (parameters: Record<string, unknown>, change = {}, input = [{ json: {} }]) =>
		await bench.engine.runNode({
			type: 'n8n-nodes-base.httpRequest',
			parameters: {
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'microesimApi',
				...parameters,
			} as never,
			credentials: { microesimApi: { ...bench.credential, ...change } },
			input,
		});

	it('reads the balance', async () => {
		const url = `${bench.simulator.url}/allesim/v1/accountBalance`;
		const result = await call({ method: 'POST', url });
		expect(result.json()).toEqual([
			{
				code: 1,
				msg: 'Success',
				result: { balance: 77.5, currency: 'HKD', account: 'simulator-account' },
			},
		]);
		expect(bench.simulator.requests.map(({ signature }) => signature)).toEqual(['valid']);
	});

	it('overwrites signature headers that the user set by hand, in whatever letters', async () => {
		const result = await call({
			url: `${bench.simulator.url}/allesim/v1/esimDataplanListPage?pageNo=1&pageSize=1`,
			sendHeaders: true,
			headerParameters: {
				parameters: [
					{ name: 'microesim-Sign', value: 'mine' },
					{ name: 'X-Other', value: 'stays' },
				],
			},
		});
		expect(result.json()[0]).toMatchObject({ code: 1, result: { total: 5 } });
		expect(bench.simulator.requests.map(({ signature }) => signature)).toEqual(['valid']);
	});

	it('signs each of several requests afresh', async () => {
		const url = `${bench.simulator.url}/allesim/v1/accountBalance`;
		const result = await call({ method: 'POST', url }, {}, [
			{ json: {} },
			{ json: {} },
			{ json: {} },
		]);
		expect(result.json()).toHaveLength(3);
		expect(bench.simulator.requests.map(({ signature }) => signature)).toEqual([
			'valid',
			'valid',
			'valid',
		]);
	});

	it('is refused with the words of MicroeSIM when the secret is wrong', async () => {
		const result = await call(
			{ method: 'POST', url: `${bench.simulator.url}/allesim/v1/accountBalance` },
			{ secret: 'wrong' },
		);
		expect(result.json()).toEqual([{ code: 9401, msg: 'Signature error' }]);
	});
});

/** The credential with something about its headers spoilt on purpose. */
function spoilt(spoil: (headers: Record<string, string>) => void) {
	return class extends MicroesimApi {
		override async authenticate(
			credentials: ICredentialDataDecryptedObject,
			options: IHttpRequestOptions,
		) {
			const signed = await super.authenticate(credentials, options);
			spoil(signed.headers as Record<string, string>);
			return signed;
		}
	};
}

class ConstantNonce extends MicroesimApi {
	private kept: Record<string, unknown> | undefined;

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) {
		const signed = await super.authenticate(credentials, options);
		this.kept ??= { ...signed.headers };
		return { ...signed, headers: { ...signed.headers, ...this.kept } } as IHttpRequestOptions;
	}
}

class OtherKey extends MicroesimApi {
	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	) {
		return await super.authenticate({ ...credentials, salt: '00' }, options);
	}
}

describe('the simulator refuses a signature that is broken on purpose:', () => {
	const flip = (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
	it.each([
		[
			'another sign',
			spoilt((headers) => (headers['MICROESIM-SIGN'] = flip(headers['MICROESIM-SIGN'] ?? ''))),
			'wrongSign',
			'Signature error',
		],
		['a key of another salt', OtherKey, 'wrongSign', 'Signature error'],
		[
			'another nonce than was signed',
			spoilt((headers) => (headers['MICROESIM-NONCE'] = 'abcdef123456')),
			'wrongSign',
			'Signature error',
		],
		[
			'a time that is long over',
			spoilt((headers) => (headers['MICROESIM-TIMESTAMP'] = '1600000000000')),
			'clockSkew',
			'Timestamp expired',
		],
		[
			'seconds instead of milliseconds',
			spoilt((headers) => (headers['MICROESIM-TIMESTAMP'] = '1600000000')),
			'badTimestamp',
			'13 digits',
		],
		[
			'a header that is missing',
			spoilt((headers) => delete headers['MICROESIM-SIGN']),
			'headerMissing',
			'Signature header missing',
		],
	])('%s', async (_name, Credential, verdict, words) => {
		const engine = await createEngine({ credentialTypes: { microesimApi: Credential } });
		const result = await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'account', operation: 'getBalance' },
			credentials: { microesimApi: bench.credential },
		});
		expect(seenError(result).message).toContain(words);
		expect(bench.simulator.requests.map(({ signature }) => signature)).toEqual([verdict]);
	});

	it('headers that were used before', async () => {
		const engine = await createEngine({ credentialTypes: { microesimApi: ConstantNonce } });
		const result = await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'account', operation: 'getBalance' },
			credentials: { microesimApi: bench.credential },
			input: [{ json: {} }, { json: {} }],
		});
		expect(seenError(result).message).toContain('"Nonce already used"');
		expect(bench.simulator.requests.map(({ signature }) => signature)).toEqual([
			'valid',
			'replayedNonce',
		]);
	});
});
