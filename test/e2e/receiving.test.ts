import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type PushOptions } from '../../simulator';
import { postForm } from '../engine/support/chunked';
import { buy } from '../unit/simulator/client';
import { orderOf, post, pushFields, RECEIVED, startBench, type Bench } from './bench';
import { activateFlow, allItems, executionsOf, TRIGGER } from './harness';

let bench: Bench;
let flows: Record<string, { id: string; url: string }>;

beforeAll(async () => {
	bench = await startBench();
	flows = {
		onReceived: await bench.flow(),
		lastNode: await bench.flow({ respond: 'lastNode' }),
		saved: await bench.flow({}, 1),
	};
});
afterAll(async () => await bench?.stop());

const runsOf = async (id: string) => (await executionsOf(bench.n8n.api, id)).length;

const shapes = ['flat', 'data', 'result'] as const;
const variants: PushOptions[] = [
	...shapes.flatMap((shape) =>
		(['json', 'urlencoded', 'multipart'] as const).flatMap((encoding) =>
			[false, true].map((lists) => ({ shape, encoding, lists })),
		),
	),
	...(['restTemplate', 'httpClient', 'curl', 'okHttp'] as const).flatMap((sender) =>
		(['json', 'urlencoded', 'multipart', 'multipartJson'] as const).flatMap((encoding) =>
			(['flat', 'data'] as const).map((shape) => ({ sender, encoding, shape })),
		),
	),
	...[null, 'application/octet-stream', 'text/plain', 'application/x-www-form-urlencoded'].flatMap(
		(contentType) =>
			(['json', 'urlencoded'] as const).map((encoding) => ({ encoding, contentType })),
	),
	...(['brackets', 'indexed', 'json'] as const).flatMap((listsAs) =>
		(['urlencoded', 'multipart'] as const).map((encoding) => ({ encoding, lists: true, listsAs })),
	),
	...shapes.map((shape) => ({ encoding: 'json' as const, shape, esimsAs: 'objects' as const })),
];

describe("through n8n's own body parser, a push", () => {
	it.each([
		...variants.map((variant) => [JSON.stringify(variant), 'onReceived', variant] as const),
		// n8n reads these itself for version 1 of the trigger, and leaves them to the later ones
		...variants
			.filter(({ contentType }) => contentType !== undefined)
			.map((variant) => [JSON.stringify(variant), 'saved', variant] as const),
	])(
		'written as %s starts one run with the right activation code (%s)',
		async (_, flow, variant) => {
			const { id, url } = flows[flow]!;
			const before = new Set((await executionsOf(bench.n8n.api, id)).map((run) => run.id));
			const order = await bench.buy();
			const attempts = await bench.simulator.pushNow(order.topup_id, { ...variant, url });
			expect(attempts.map(({ status }) => status)).toEqual([200]);
			const fresh = (await executionsOf(bench.n8n.api, id)).filter((run) => !before.has(run.id));
			expect(fresh.map(({ status }) => status)).toEqual(['success']);
			const items = (await allItems(bench.n8n.api, id, TRIGGER)).filter(
				({ topup_id }) => topup_id === order.topup_id,
			);
			const { device_id, lpa_str } = order.esims[0]!;
			expect(items).toMatchObject([
				{
					topup_id: order.topup_id,
					device_id,
					lpa_str,
					push: { verified_by: 'lookup', attempt_seen: 1 },
				},
			]);
		},
	);

	it.each(['onReceived', 'lastNode'])(
		'is answered with exactly what MicroeSIM itself answers (%s)',
		async (respond) => {
			const { id, url } = flows[respond]!;
			const before = await runsOf(id);
			const body = JSON.stringify(pushFields(await bench.buy()));
			for (const delivery of ['new', 'seen before']) {
				const { status, text, headers } = await post(url, body);
				expect([delivery, status, text]).toEqual([delivery, 200, RECEIVED]);
				expect(headers['content-type']).toMatch(/^application\/json/);
			}
			expect(await runsOf(id)).toBe(before + 1);
		},
	);
});

describe('what is no push is refused, and starts nothing', () => {
	const fields = async () => pushFields(await bench.buy());
	const deep = '{"data":'.repeat(20_000) + '{}' + '}'.repeat(20_000);
	const padded = async (size: number) =>
		JSON.stringify({ ...(await fields()), padding: 'x'.repeat(size) });
	const cases: [string, () => Promise<[string | Buffer, string | null]>, number][] = [
		['broken JSON', async () => ['{"topup_id": ', 'application/json'], 422],
		['a nested body', async () => [deep, 'application/json'], 400],
		['an order without an eSIM', async () => ['{"topup_id":"1"}', 'application/json'], 400],
		['an empty body', async () => ['', 'application/json'], 400],
		['a list', async () => ['[]', 'application/json'], 400],
		['null', async () => ['null', 'application/json'], 400],
		['binary content', async () => [Buffer.from([0, 1, 2, 255]), 'application/octet-stream'], 400],
		['text', async () => ['hello', 'text/plain'], 400],
		['a body over 256 KB', async () => [await padded(256 * 1024), 'application/json'], 413],
		[
			'a form over 256 KB',
			async () => [`padding=${'x'.repeat(256 * 1024)}`, 'application/x-www-form-urlencoded'],
			413,
		],
	];

	it.each(cases)('%s', async (_name, given, status) => {
		const { id, url } = flows.onReceived!;
		const before = await runsOf(id);
		const answer = await post(url, ...(await given()));
		expect(answer.status).toBe(status);
		expect(answer.text).not.toMatch(/topup_id|node_modules/);
		expect(await runsOf(id)).toBe(before);
	});

	it('a multipart body over 256 KB that does not say how long it is', async () => {
		const { id, url } = flows.onReceived!;
		const before = await runsOf(id);
		const form = await fields();
		expect(await postForm(url, { ...form, padding: 'x'.repeat(3_000_000) })).toBe(413);
		expect(await runsOf(id)).toBe(before);
		expect(await postForm(url, form)).toBe(200);
		expect(await runsOf(id)).toBe(before + 1);
	});

	it('and does not keep n8n from taking the next push', async () => {
		const { id, url } = flows.onReceived!;
		const before = await runsOf(id);
		const large = await padded(4 * 1024 * 1024);
		const refused = await Promise.all(
			Array.from({ length: 10 }, async (_, index) => await post(url, index % 2 ? deep : large)),
		);
		expect(refused.map(({ status }) => status)).toEqual(
			Array.from({ length: 10 }, (_, index) => (index % 2 ? 400 : 413)),
		);
		expect((await post(url, JSON.stringify(await fields()))).status).toBe(200);
		expect(await runsOf(id)).toBe(before + 1);
	});
});

it('a trigger that needs a token and has none is not served, and n8n says why', async () => {
	const { api, url, log } = bench.n8n;
	const flow = await activateFlow(api, bench.credential, { verifyBy: 'token' }, { at: [] });
	while (!/URL Token, but the credential has none/.test(log())) await sleep(100);
	const { status } = await post(
		`${url}${flow.path}`,
		JSON.stringify(pushFields(await bench.buy())),
	);
	expect(status).toBe(404);
});

it('GET on the production URL answers a short text and starts nothing', async () => {
	const { id, url } = flows.onReceived!;
	const before = await runsOf(id);
	const answer = await fetch(url);
	expect(answer.status).toBe(200);
	expect(await answer.text()).toMatch(
		/^This is a callback address for MicroeSIM\..*[0-9a-f]{48}$/s,
	);
	expect(await runsOf(id)).toBe(before);
});

describe('a forged push is not received, and starts nothing', () => {
	const forged: [string, () => Promise<Record<string, string>>][] = [
		[
			'that names another eSIM',
			async () => ({
				...pushFields(await bench.buy()),
				device_id: (await bench.buy()).esims[0]!.device_id,
			}),
		],
		[
			'that names an unknown order',
			async () => ({ ...pushFields(await bench.buy()), topup_id: '299912312359590000000000' }),
		],
		['of an order of another account', async () => await strangersPush()],
	];

	it.each(forged)('%s', async (_name, given) => {
		const { id, url } = flows.onReceived!;
		const before = await runsOf(id);
		const { status, text } = await post(url, JSON.stringify(await given()));
		expect([status, JSON.parse(text)]).toEqual([
			503,
			{ code: 0, msg: 'cannot be checked now, please send it again' },
		]);
		expect(await runsOf(id)).toBe(before);
	});

	it.each([
		['that lacks the token', ''],
		['with a wrong token', '?token=wrong'],
		['with an empty token', '?token='],
		['with the token twice', '?token=right-token&token=right-token'],
	])('%s', async (_name, query) => {
		const { id, url } = await bench.flow({ urlToken: 'right-token' });
		const order = await bench.buy();
		const asked = bench.simulator.requests.length;
		expect((await post(`${url}${query}`, JSON.stringify(pushFields(order)))).status).toBe(403);
		expect(bench.simulator.requests).toHaveLength(asked);
		expect((await post(`${url}?token=right-token`, JSON.stringify(pushFields(order)))).status).toBe(
			200,
		);
		expect(await runsOf(id)).toBe(1);
		expect(bench.n8n.log()).not.toContain('right-token');
	});
});

/** A true push, but of another simulator. */
async function strangersPush(): Promise<Record<string, string>> {
	const stranger = await startSimulator({ deliveryMs: 0, seed: 77 });
	try {
		return pushFields(orderOf(stranger, await buy(stranger)));
	} finally {
		await stranger.stop();
	}
}
