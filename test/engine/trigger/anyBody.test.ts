import fc from 'fast-check';

import { readPush } from '../../inside';
import { textOf } from '../support/look';
import { post, pushFields, REFUSED, useTriggerBench } from './support';

const FIELDS = [
	'topup_id',
	'device_id',
	'device_ids',
	'lpa_str',
	'number',
	'data',
	'result',
	'qrcode',
	'cf_code',
	'__proto__',
	'constructor',
];

/** Values that vendors, proxies and attackers send where a field belongs. */
const value = fc.letrec((tie) => ({
	any: fc.oneof(
		{ maxDepth: 4 },
		fc.string(),
		fc.constantFrom(
			'202308161431187762753800',
			'9000024081603874',
			'LPA:1$smdp.example.com$A',
			'',
			' ',
			'{}',
			'{"topup_id":"1"}',
			'[]',
		),
		fc.double(),
		fc.bigInt().map(String),
		fc.constantFrom(null, undefined, true, false),
		fc.array(tie('any'), { maxLength: 4 }),
		fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), tie('any'), { maxKeys: 6 }),
	),
})).any;

/** Close to a push, so that many are one. */
const nearlyPush = fc.record(
	{
		topup_id: fc.oneof(fc.constant('202308161431187762753800'), value),
		device_id: fc.oneof(fc.constant('9000024081603874'), value),
		lpa_str: fc.oneof(fc.constant('LPA:1$smdp.example.com$A'), value),
		qrcode: value,
	},
	{ requiredKeys: [] },
);

const anything = fc.oneof(value, fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8 }));

const body = fc.oneof(
	anything,
	nearlyPush,
	nearlyPush.map((inside) => [inside, inside]),
	nearlyPush.map((inside) => ({ data: JSON.stringify(inside) })),
);

/** What can be a push is looked up twice, two seconds apart. */
const SENDERS = 32;

const bench = useTriggerBench();

describe('any body at all', () => {
	it('is read without an exception, and never without an identified eSIM', () => {
		let pushes = 0;
		fc.assert(
			fc.property(body, (given) => {
				const push = readPush(given);
				if ('fault' in push) return;
				pushes++;
				expect(push.esims.length).toBeGreaterThan(0);
				for (const { topupId, deviceId, item } of push.esims) {
					expect(topupId.trim()).not.toBe('');
					expect(deviceId.trim()).not.toBe('');
					expect(item).toMatchObject({ topup_id: topupId, device_id: deviceId });
					expect(textOf(item, 'lpa_str').trim()).not.toBe('');
				}
			}),
			{ numRuns: 20_000 },
		);
		// Otherwise the second half was never looked at.
		expect(pushes).toBeGreaterThan(1000);
	});

	describe('over HTTP', () => {
		it('is refused without a run, unless MicroeSIM confirms it', async () => {
			const webhook = await bench.serve();
			bench.simulator.faults.always('deviceDetail', {
				kind: 'code',
				code: 9420,
				msg: 'No results were found',
			});
			const bodies = [...fc.sample(anything, 10_000), ...fc.sample(body, 300)].map(
				(given) => JSON.stringify(given) ?? 'null',
			);
			const statuses = new Set<number>();
			const workers = Array.from({ length: SENDERS }, async (_, worker) => {
				for (let index = worker; index < bodies.length; index += SENDERS) {
					statuses.add((await post(webhook.url, bodies[index]!)).status);
				}
			});
			await Promise.all(workers);
			expect([...statuses].sort()).toEqual([400, 503]);
			expect(webhook.runs).toEqual([]);
		});
	});
});

describe('bodies that are no push', () => {
	const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

	it.each([
		['nothing', ''],
		['an empty object', '{}'],
		['a list', '[]'],
		['a text', '"push"'],
		['no order', '{"device_id":"1","lpa_str":"LPA:1$a.b$c"}'],
		['no eSIM', '{"topup_id":"1","lpa_str":"LPA:1$a.b$c"}'],
		['no activation code', '{"topup_id":"1","device_id":"1"}'],
		['two orders', '{"topup_id":["1","2"],"device_id":"1","lpa_str":"LPA:1$a.b$c"}'],
		['deep nesting', `{"data":${deep(50_000)}}`],
		['deep nesting of objects', `${'{"data":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
		['nested forms', `{"data":"{\\"data\\":\\"{}\\"}"}`],
		[
			'an order ID that can be none',
			'{"topup_id":"1 OR 1=1","device_id":"1","lpa_str":"LPA:1$a.b$c"}',
		],
		[
			'an eSIM ID that can be none',
			`{"topup_id":"1","device_id":"${'9'.repeat(65)}","lpa_str":"LPA:1$a.b$c"}`,
		],
		['HTML for a code', '{"topup_id":"1","device_id":"1","lpa_str":"<b>LPA:1$a.b$c</b>"}'],
	])('are refused: %s', async (_, body) => {
		const webhook = await bench.serve();
		const { status, text } = await post(
			webhook.url,
			body,
			body === '' ? { 'content-type': 'application/octet-stream' } : {},
		);
		expect(status).toBe(400);
		expect(text).toMatch(REFUSED);
		expect(webhook.runs).toEqual([]);
	});

	it('are refused when they are too large', async () => {
		const webhook = await bench.serve();
		const body = { ...pushFields(await bench.buy()), padding: 'x'.repeat(300 * 1024) };
		expect((await post(webhook.url, body)).status).toBe(413);
		expect(webhook.runs).toEqual([]);
	});
});
