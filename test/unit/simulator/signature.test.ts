import { startSimulator, type Simulator } from '../../../simulator/index';
import { SignatureCheck, signatureOf, signingKey } from '../../../simulator/signature';
import vectors from '../../fixtures/signature.json';
import { http, post, sign, signedHeaders, type Received } from './client';

const NOW = Number(vectors[0]!.timestamp);

function rawHeaders(headers: Record<string, string>): string[] {
	return Object.entries(headers).flat();
}

describe('known answers', () => {
	it.each(vectors)('$name', (vector) => {
		const owner = { account: vector.account, secret: vector.secret, salt: vector.saltHex };
		expect(signingKey(owner)).toBe(vector.derivedKeyHex);
		expect(signatureOf(signingKey(owner), vector.account, vector.nonce, vector.timestamp)).toBe(
			vector.sign,
		);
		expect(sign(owner, vector.nonce, vector.timestamp)).toBe(vector.sign);
		const headers = signedHeaders(owner, vector.nonce, vector.timestamp);
		expect(new SignatureCheck(owner).check(rawHeaders(headers), Number(vector.timestamp))).toBe(
			'valid',
		);
	});
});

describe('what is refused', () => {
	const owner = { account: 'acct', secret: 'secret', salt: '00ff' };
	const good = (nonce = 'abcdef', time = NOW) => signedHeaders(owner, nonce, String(time));
	const verdict = (headers: Record<string, string>, now = NOW) =>
		new SignatureCheck(owner).check(rawHeaders(headers), now);

	it('takes nonces of 6 to 32 characters only', () => {
		expect(verdict(good('a'.repeat(5)))).toBe('badNonce');
		expect(verdict(good('a'.repeat(6)))).toBe('valid');
		expect(verdict(good('a'.repeat(32)))).toBe('valid');
		expect(verdict(good('a'.repeat(33)))).toBe('badNonce');
	});

	it('takes timestamps of 13 digits within five minutes', () => {
		expect(verdict(signedHeaders(owner, 'abcdef', '1700000000'))).toBe('badTimestamp');
		expect(verdict(good('abcdef', NOW - 300_000))).toBe('valid');
		expect(verdict(good('abcdef', NOW - 300_001))).toBe('clockSkew');
		expect(verdict(good('abcdef', NOW + 300_001))).toBe('clockSkew');
	});

	it.each(['MICROESIM-ACCOUNT', 'MICROESIM-NONCE', 'MICROESIM-TIMESTAMP', 'MICROESIM-SIGN'])(
		'needs %s exactly once',
		(name) => {
			const headers = good();
			expect(
				new SignatureCheck(owner).check(
					[...rawHeaders(headers), name.toLowerCase(), headers[name]!],
					NOW,
				),
			).toBe('headerRepeated');
			delete headers[name];
			expect(verdict(headers)).toBe('headerMissing');
		},
	);

	it('knows wrong signatures and strangers', () => {
		expect(verdict({ ...good(), 'MICROESIM-SIGN': '0'.repeat(64) })).toBe('wrongSign');
		expect(verdict({ ...good(), 'MICROESIM-SIGN': 'short' })).toBe('wrongSign');
		expect(verdict(signedHeaders({ ...owner, account: 'other' }, 'abcdef', String(NOW)))).toBe(
			'unknownAccount',
		);
	});

	it('refuses a nonce again for an hour, and forgets it then', () => {
		const check = new SignatureCheck(owner);
		const at = (time: number) => check.check(rawHeaders(good('abcdef', time)), time);
		expect(at(NOW)).toBe('valid');
		expect(at(NOW + 3_599_999)).toBe('replayedNonce');
		expect(at(NOW + 3_600_000)).toBe('valid');
	});

	it('does not remember the nonce of a forged request', () => {
		const check = new SignatureCheck(owner);
		expect(check.check(rawHeaders({ ...good(), 'MICROESIM-SIGN': '0'.repeat(64) }), NOW)).toBe(
			'wrongSign',
		);
		expect(check.check(rawHeaders(good()), NOW)).toBe('valid');
	});
});

describe('over the wire', () => {
	let sim: Simulator;
	beforeAll(async () => {
		sim = await startSimulator();
	});
	afterAll(() => sim.stop());

	const code = ({ text }: Received) => (JSON.parse(text) as { code: number }).code;

	it('answers HTTP 200 with a code other than 1', async () => {
		const refused = await post(
			sim,
			'accountBalance',
			{},
			signedHeaders({ ...sim, secret: 'wrong' }),
		);
		expect(refused.status).toBe(200);
		expect(code(refused)).not.toBe(1);
		expect(sim.requests.at(-1)?.signature).toBe('wrongSign');
	});

	it('answers HTTP 401 when told', async () => {
		const strict = await startSimulator({ signatureFailureStatus: 401 });
		const refused = await post(strict, 'accountBalance', {}, {} as Record<string, string>);
		await strict.stop();
		expect(refused.status).toBe(401);
	});

	it('sees a repeated header that Node joins', async () => {
		const headers = signedHeaders(sim);
		await http(`${sim.url}/allesim/v1/accountBalance`, 'POST', {
			...headers,
			'MICROESIM-NONCE': [headers['MICROESIM-NONCE']!, 'zzzzzz'],
			'Content-Length': 0,
		});
		expect(sim.requests.at(-1)?.signature).toBe('headerRepeated');
	});

	it('keeps checking against the real clock when the simulated one was moved', async () => {
		await sim.clock.advance(86_400_000);
		expect(code(await post(sim, 'accountBalance'))).toBe(1);
	});

	it('never records the signature headers', async () => {
		const headers = signedHeaders(sim);
		await post(sim, 'accountBalance', {}, headers);
		expect(JSON.stringify(sim.requests)).not.toContain(headers['MICROESIM-SIGN']);
	});
});
