import { randomBytes } from 'node:crypto';

import { sign, signedHeaders } from '../../unit/simulator/client';
import { useStranger } from '../support/stranger';
import { post, pushFields, REFUSED, useTriggerBench } from './support';

const bench = useTriggerBench();
const stranger = useStranger();

describe('Looking Up the eSIM', () => {
	it('lets an eSIM of another order, an unknown order and an unknown eSIM come again', async () => {
		const webhook = await bench.serve();
		const [one, two] = [await bench.buy(), await bench.buy()];
		const forged = [
			{ ...pushFields(one), device_id: two.esims[0]!.device_id },
			{ ...pushFields(one), topup_id: '202308161431187762753800' },
			{ ...pushFields(one), device_id: '9000024081603874' },
		];
		for (const body of forged) {
			const { status, text } = await post(webhook.url, body);
			expect(status).toBe(503);
			expect(text).toMatch(REFUSED);
			expect(text).not.toContain(one.topup_id);
		}
		expect(webhook.runs).toEqual([]);
		expect((await post(webhook.url, pushFields(one))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});

	it('asks with a signed request and the pushed pair', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		bench.forgetRequests();
		await post(webhook.url, pushFields(order));
		expect(bench.simulator.requests).toMatchObject([
			{
				endpoint: 'deviceDetail',
				signature: 'valid',
				fields: { topup_id: order.topup_id, device_id: order.esims[0]!.device_id },
			},
		]);
	});

	it.each([
		['answers HTTP 502', { kind: 'html502' }],
		['cuts the connection', { kind: 'cutBefore' }],
		['asks for fewer requests', { kind: 'tooMany429' }],
		[
			'refuses our own signature',
			{ kind: 'code', code: 9101, msg: 'Signature verification failed' },
		],
		['answers nonsense', { kind: 'badJson' }],
		['answers without the pair', { kind: 'code', code: 1, msg: 'Success', result: {} }],
	] as const)(
		'lets the push come again with 503 when MicroeSIM %s, and then starts one run',
		async (_, fault) => {
			const webhook = await bench.serve();
			const order = await bench.buy();
			bench.simulator.faults.next('deviceDetail', fault);
			const refused = await post(webhook.url, pushFields(order));
			expect(refused.status).toBe(503);
			expect(refused.text).toMatch(REFUSED);
			expect(webhook.runs).toEqual([]);
			expect((await post(webhook.url, pushFields(order))).status).toBe(200);
			expect(webhook.runs.flat()).toMatchObject([{ json: { push: { attempt_seen: 2 } } }]);
		},
	);

	it('refuses a push that differs from the API on what identifies the eSIM', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		const body = { ...pushFields(order), channel_dataplan_id: 'another-plan' };
		expect((await post(webhook.url, body)).status).toBe(403);
		expect(webhook.runs).toEqual([]);
	});

	it("takes the API's word on other fields and says so where they differ", async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		await post(webhook.url, { ...pushFields(order), channel_dataplan_name: 'A nicer name' });
		const { json } = webhook.runs[0]![0]!;
		expect(json.channel_dataplan_name).toBe(order.plan.channel_dataplan_name);
		expect(json.push).toMatchObject({
			sources: { channel_dataplan_name: { shown: 'api', pushed: 'A nicer name' } },
		});
		await post(webhook.url, pushFields(await bench.buy()));
		expect(webhook.runs[1]![0]!.json.push).not.toHaveProperty('sources');
	});

	it('a refusal of the look-up in words nobody knows is no verdict about the push', async () => {
		const webhook = await bench.serve();
		bench.simulator.faults.next('deviceDetail', {
			kind: 'code',
			code: 9,
			msg: 'Service under maintenance, please try again later',
		});
		expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(503);
	});
});

describe('URL Token', () => {
	it.each(['', '?token=', '?token=secre', '?token=secret2', '?token=a&token=secret'])(
		'refuses the address with "%s"',
		async (query) => {
			const webhook = await bench.serve({ urlToken: 'secret' });
			const { status, text } = await post(webhook.url + query, pushFields(await bench.buy()));
			expect(status).toBe(403);
			expect(text).toMatch(REFUSED);
			expect(webhook.runs).toEqual([]);
		},
	);

	it('is enough when nothing else is verified, and nothing is asked of MicroeSIM then', async () => {
		const webhook = await bench.serve({ verifyBy: 'nothing', urlToken: 'secret' });
		const order = await bench.buy();
		bench.forgetRequests();
		expect((await post(`${webhook.url}?token=secret`, pushFields(order))).status).toBe(200);
		expect(webhook.runs.flat()).toMatchObject([{ json: { push: { verified_by: 'nothing' } } }]);
		expect(bench.simulator.requests).toEqual([]);
	});

	it.each(['lookup', 'order', 'signature', 'token'])(
		'of the credential is asked for when a push is verified by "%s"',
		async (verifyBy) => {
			const credential = { ...bench.credential, urlToken: 'fromTheCredential1' };
			const webhook = await bench.serve({ verifyBy }, { credential });
			const push = async (query: string) => {
				const [order] = [await bench.buy()];
				const url = webhook.url + query;
				const [attempt] = await bench.simulator.pushNow(order.topup_id, { signed: true, url });
				return attempt!.status;
			};
			for (const query of ['', '?token=', '?token=fromTheCredential', '?token=FROMTHECREDENTIAL1'])
				expect([query, await push(query)]).toEqual([query, 403]);
			expect(webhook.executions).toEqual([]);
			expect(await push('?token=fromTheCredential1')).toBe(200);
			expect(webhook.runs).toHaveLength(1);
		},
	);

	it('of the node, as workflows of 0.1 have it, wins over that of the credential', async () => {
		const credential = { ...bench.credential, urlToken: 'fromTheCredential1' };
		const webhook = await bench.serve({ urlToken: 'of-the-node' }, { credential });
		const body = pushFields(await bench.buy());
		expect((await post(`${webhook.url}?token=fromTheCredential1`, body)).status).toBe(403);
		expect((await post(`${webhook.url}?token=of-the-node`, body)).status).toBe(200);
	});

	it('"URL Token" without one in the credential believes nothing', async () => {
		const webhook = await bench.serve({ verifyBy: 'token' });
		for (const query of ['', '?token=', '?token=undefined']) {
			const { status } = await post(webhook.url + query, pushFields(await bench.buy()));
			expect([query, status]).toEqual([query, 503]);
		}
		expect(webhook.executions).toEqual([]);
	});

	it('a credential that cannot be read lets the push come again', async () => {
		const credential = { ...bench.credential, urlToken: 'not allowed here' };
		const webhook = await bench.serve({}, { credential });
		expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(503);
	});

	it('a browser that opens the address is shown a fresh one, fit for the credential', async () => {
		const webhook = await bench.serve();
		const seen = new Set<string>();
		for (let look = 0; look < 3; look++) {
			const text = await (await fetch(webhook.url)).text();
			seen.add(/\b[0-9A-Za-z]{32,}\b/.exec(text)![0]);
		}
		expect(seen.size).toBe(3);
	});

	it('must be set when nothing else is verified', async () => {
		const webhook = await bench.serve({ verifyBy: 'nothing' });
		expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(403);
		expect(webhook.runs).toEqual([]);
	});
});

describe('Signature Headers', () => {
	const serve = async () => await bench.serve({ verifyBy: 'signature' });

	it('believes a push that MicroeSIM signed', async () => {
		const webhook = await serve();
		const order = await bench.buy();
		const attempts = await bench.simulator.pushNow(order.topup_id, {
			signed: true,
			url: webhook.url,
		});
		expect(attempts.map(({ status }) => status)).toEqual([200]);
		expect(webhook.runs.flat()).toMatchObject([{ json: { push: { verified_by: 'signature' } } }]);
	});

	it('refuses missing, altered, stale, early, foreign and malformed signatures', async () => {
		const webhook = await serve();
		const fields = pushFields(await bench.buy());
		const good = signedHeaders(bench.simulator);
		const at = (shiftMs: number) =>
			signedHeaders(bench.simulator, randomBytes(8).toString('hex'), String(Date.now() + shiftMs));
		const forged: Array<Record<string, string>> = [
			{},
			{
				...good,
				'MICROESIM-SIGN': good['MICROESIM-SIGN']!.replace(/^./, (c) => (c === '0' ? '1' : '0')),
			},
			{ ...good, 'MICROESIM-SIGN': '' },
			{ ...good, 'MICROESIM-NONCE': 'another-nonce' },
			{ ...good, 'MICROESIM-TIMESTAMP': String(Date.now() + 1) },
			at(-6 * 60_000),
			at(6 * 60_000),
			signedHeaders({ ...bench.simulator, account: 'other' }),
			signedHeaders({ ...bench.simulator, secret: 'other' }),
			signedHeaders(bench.simulator, 'short'),
			{
				...good,
				'MICROESIM-TIMESTAMP': '1700000000',
				'MICROESIM-SIGN': sign(bench.simulator, good['MICROESIM-NONCE']!, '1700000000'),
			},
		];
		for (const headers of forged) {
			const { status, text } = await post(webhook.url, fields, headers);
			expect(status).toBe(403);
			expect(text).toMatch(REFUSED);
		}
		expect(webhook.runs).toEqual([]);
	});

	it('refuses a nonce it has believed before, also for another order', async () => {
		const webhook = await serve();
		const headers = signedHeaders(bench.simulator);
		expect((await post(webhook.url, pushFields(await bench.buy()), headers)).status).toBe(200);
		expect((await post(webhook.url, pushFields(await bench.buy()), headers)).status).toBe(403);
		expect(webhook.runs).toHaveLength(1);
	});

	it('signature: a run that failed is started again by the same push sent again', async () => {
		let tries = 0;
		const run = async () => {
			if (++tries === 1) throw new Error('mail server down');
		};
		const webhook = await bench.serve({ verifyBy: 'signature', respond: 'lastNode' }, { run });
		const body = pushFields(await bench.buy());
		const headers = signedHeaders(bench.simulator);
		expect((await post(webhook.url, body, headers)).status).toBe(500);
		expect((await post(webhook.url, body, headers)).status).toBe(200);
	});

	it('signature: the same headers cannot carry another order', async () => {
		const webhook = await bench.serve({ verifyBy: 'signature' });
		const headers = signedHeaders(bench.simulator);
		await post(webhook.url, pushFields(await bench.buy()), headers);
		expect((await post(webhook.url, pushFields(await bench.buy()), headers)).status).toBe(403);
	});

	it("refuses headers of our own requests, whichever of n8n's processes has sent them", async () => {
		const webhook = await serve();
		const credentials = { microesimApi: { ...bench.credential, baseUrl: stranger.url } };
		await bench.run('account', 'getBalance', {}, { credentials });
		const ours = Object.fromEntries(
			Object.entries(stranger.headers[0]!).filter(([name]) => name.startsWith('microesim-')),
		) as Record<string, string>;
		expect(Object.keys(ours)).toHaveLength(4);
		const order = await bench.buy();
		expect((await post(webhook.url, pushFields(order), ours)).status).toBe(403);
		expect(webhook.executions).toEqual([]);
	});

	it('signature with a credential that cannot be used is answered 503, not a failed execution', async () => {
		const webhook = await bench.serve(
			{ verifyBy: 'signature' },
			{ credential: { ...bench.credential, salt: 'xyz' } },
		);
		expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(503);
	});
});

it('a value of Verify Push By that is none of its choices believes nothing', async () => {
	for (const verifyBy of ['lookUp', '={{ $json.nope }}', '']) {
		const webhook = await bench.serve({ verifyBy });
		const body = { ...pushFields(await bench.buy()), topup_id: '99999', device_id: '888888' };
		const { status } = await post(webhook.url, body);
		expect([verifyBy, status, webhook.runs.length]).toEqual([verifyBy, expect.any(Number), 0]);
	}
});
