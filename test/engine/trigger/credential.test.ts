import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../../simulator';
import { signedHeaders } from '../../unit/simulator/client';
import { credentialOf } from '../support/microesim';
import { post, pushFields, useTriggerBench } from './support';

/** n8n is asked for the credential of a trigger once in some seconds, so that a push is cheap. */
const bench = useTriggerBench();

/** Another account, at another address. */
async function withOther(work: (other: Simulator) => Promise<void>): Promise<void> {
	const other = await startSimulator({ account: 'another-account', secret: 'another secret' });
	try {
		await work(other);
	} finally {
		await other.stop();
	}
}

const realNow = Date.now;
let later = 0;
beforeEach(() => {
	later = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + later);
});
afterEach(() => jest.restoreAllMocks());

/** A trigger with a credential that can be changed, and a push of a fresh eSIM to it. */
async function serve(verifyBy: string, changes: ICredentialDataDecryptedObject) {
	const credential = { ...bench.credential, ...changes };
	const webhook = await bench.serve({ verifyBy }, { credential });
	const push = async (token: string, headers = {}) => {
		const { status } = await post(
			`${webhook.url}?token=${token}`,
			pushFields(await bench.buy()),
			headers,
		);
		return status;
	};
	return { credential, push };
}

it('a new URL token counts a second after the last push at the latest', async () => {
	const { credential, push } = await serve('token', { urlToken: 'before' });
	expect(await push('before')).toBe(200);
	credential.urlToken = 'after';
	later = 1001;
	expect(await push('after')).toBe(200);
	expect(await push('before')).toBe(403);
});

it('an old URL token counts no longer after five seconds', async () => {
	const { credential, push } = await serve('token', { urlToken: 'before' });
	expect(await push('before')).toBe(200);
	credential.urlToken = 'after';
	later = 5001;
	expect(await push('before')).toBe(403);
});

it('another secret counts for signed pushes, too', async () => {
	const { credential, push } = await serve('signature', { secret: 'a secret of before' });
	const right = () => signedHeaders(bench.simulator);
	expect(await push('', right())).toBe(403);
	credential.secret = bench.credential.secret!;
	later = 1001;
	expect(await push('', right())).toBe(200);
});

it('strangers have n8n asked once in a second, not each time', async () => {
	let asked = 0;
	const credential = { ...bench.credential, urlToken: 'right' };
	Object.defineProperty(credential, 'account', {
		enumerable: true,
		get: () => (asked++, bench.credential.account),
	});
	const webhook = await bench.serve({ verifyBy: 'token' }, { credential });
	const push = async (token: string) => await post(`${webhook.url}?token=${token}`, {});
	await push('wrong');
	const each = asked;
	for (let index = 0; index < 10; index++) await push('wrong');
	expect(asked).toBe(each);
	later = 1001;
	for (let index = 0; index < 10; index++) await push('wrong');
	expect(asked).toBe(2 * each);
});

it('a push that finds no credential is refused until there is one', async () => {
	const { credential, push } = await serve('token', { urlToken: 'right' });
	const { salt } = credential;
	credential.salt = 'xyz';
	expect(await push('right')).toBe(503);
	credential.salt = salt!;
	later = 5001;
	expect(await push('right')).toBe(200);
});

describe('a credential that is another one at each read', () => {
	/** Asks so many times. All requests to either account must be signed as the one that gets them wants it. */
	async function ask(times: number): Promise<void> {
		await withOther(async (other) => {
			let reads = 0;
			const credentials = {
				get microesimApi() {
					return ++reads % 2 === 0 ? credentialOf(other) : credentialOf(bench.simulator);
				},
			};
			bench.forgetRequests();
			for (let index = 0; index < times; index++) {
				const result = await bench.run('account', 'getBalance', {}, { credentials });
				expect(result.error()).toBeUndefined();
			}
			expect(other.account).not.toBe(bench.simulator.account);
			const seen = [...other.requests, ...bench.simulator.requests];
			expect(new Set(seen.map(({ signature }) => signature))).toEqual(new Set(['valid']));
		});
	}

	it('signs each request for the address that it gave', async () => {
		await ask(4);
	});

	it('does so where it is too old when it is asked for next', async () => {
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + (later += 5000));
		await ask(1);
	});
});

it('pushes that come together find a new secret together', async () => {
	const { credential, push } = await serve('signature', { secret: 'a secret of before' });
	const right = () => signedHeaders(bench.simulator);
	// Without headers no key is derived of it yet.
	expect(await push('')).toBe(403);
	credential.secret = bench.credential.secret!;
	later = 1001;
	const statuses = await Promise.all(
		Array.from({ length: 6 }, async () => await push('', right())),
	);
	expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
});

it('a read that fails for a stranger takes nothing from a true push', async () => {
	const credential: ICredentialDataDecryptedObject = { ...bench.credential, urlToken: 'right' };
	let isDown = false;
	const credentials = {
		get microesimApi(): ICredentialDataDecryptedObject {
			if (isDown) throw new Error('the database is busy');
			return credential;
		},
	};
	const webhook = await bench.serve({ verifyBy: 'token' }, { credentials });
	const push = async (token: string) =>
		(await post(`${webhook.url}?token=${token}`, pushFields(await bench.buy()))).status;
	expect(await push('right')).toBe(200);
	later = 1500;
	isDown = true;
	expect(await push('wrong')).toBe(403);
	expect(await push('right')).toBe(200);
});

it('a clock that was set back keeps no credential longer', async () => {
	const { credential, push } = await serve('token', { urlToken: 'before' });
	expect(await push('before')).toBe(200);
	credential.urlToken = 'after';
	later = -3_600_000;
	expect(await push('before')).toBe(403);
	expect(await push('after')).toBe(200);
});

it('what one account has said of an eSIM is not believed of another one', async () => {
	const credential = { ...bench.credential };
	let fails = true;
	const webhook = await bench.serve(
		{ verifyBy: 'lookup', respond: 'lastNode' },
		{
			credential,
			run: async () => {
				if (fails) throw new Error('the mail server is down');
			},
		},
	);
	const order = await bench.buy();
	expect((await post(webhook.url, pushFields(order))).status).toBe(500);
	fails = false;
	await withOther(async (other) => {
		Object.assign(credential, credentialOf(other));
		later = 8000;
		expect((await post(webhook.url, pushFields(order))).status).toBe(503);
		expect(other.requests).not.toEqual([]);
	});
});
