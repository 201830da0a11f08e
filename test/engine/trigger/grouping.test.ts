import fc from 'fast-check';

import type { Order } from '../../../simulator';
import { forgetPushes } from '../../inside';
import { useFastClock } from '../support/fastClock';
import { post, pushFields, useTriggerBench } from './support';

useFastClock(10);

/**
 * Any grouping of eSIMs into pushes, repeated, reordered, at the same moment, between forgeries and restarts: each
 * true eSIM is handed on once, no false one ever.
 */

const bench = useTriggerBench();

/** The eSIMs of all orders, by number. */
type True = { order: Order; index: number };

type Step =
	| { kind: 'push'; esims: number[]; as: 'list' | 'data' | 'result' | 'json' }
	| { kind: 'forge'; esim: number; how: (typeof FORGERIES)[number]; beside?: number }
	| { kind: 'restart' };

const ESIMS = 9;
const FORGERIES = ['otherPlan', 'html', 'impossible', 'noCode', 'unknown'] as const;

const esim = fc.nat(ESIMS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('push' as const),
			esims: fc.array(esim, { minLength: 1, maxLength: 5 }),
			as: fc.constantFrom('list' as const, 'data' as const, 'result' as const, 'json' as const),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record(
			{
				kind: fc.constant('forge' as const),
				esim,
				how: fc.constantFrom(...FORGERIES),
				beside: esim,
			},
			{ requiredKeys: ['kind', 'esim', 'how'] },
		),
	},
	{ weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
);
/** Steps of one round happen at the same moment. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), {
	minLength: 1,
	maxLength: 4,
});

const FALSE = 'https://evil.example/';

function forge(fields: Record<string, string>, how: (typeof FORGERIES)[number]) {
	switch (how) {
		case 'otherPlan':
			return { ...fields, qrcode: FALSE, channel_dataplan_id: 'another-plan' };
		case 'html':
			return { ...fields, qrcode: FALSE, lpa_str: '<b>LPA:1$a.b$c</b>' };
		case 'impossible':
			return { ...fields, qrcode: FALSE, device_id: "1' OR 1=1" };
		case 'noCode':
			return { ...fields, qrcode: FALSE, lpa_str: '' };
		case 'unknown':
			return { ...fields, qrcode: FALSE, device_id: '9000000000000000' };
	}
}

function bodyOf(all: True[], one: Step): unknown {
	if (one.kind === 'restart') return undefined;
	const fieldsOf = (number: number) => pushFields(all[number]!.order, all[number]!.index);
	if (one.kind === 'forge') {
		const forged = forge(fieldsOf(one.esim), one.how);
		return one.beside === undefined ? forged : [forged, fieldsOf(one.beside)];
	}
	const objects = one.esims.map(fieldsOf);
	switch (one.as) {
		case 'list':
			return objects;
		case 'data':
		case 'result':
			return { code: 1, msg: 'Success', [one.as]: objects };
		case 'json':
			return { data: JSON.stringify(objects) };
	}
}

it('each true eSIM once, no false one, and every push is answered', async () => {
	const orders = [await bench.buy(1), await bench.buy(3), await bench.buy(1), await bench.buy(4)];
	const all = orders.flatMap((order) => order.esims.map((_, index): True => ({ order, index })));
	expect(all).toHaveLength(ESIMS);
	let pushes = 0;
	const perform = async (url: string, one: Step) => {
		if (one.kind === 'restart') return forgetPushes();
		const { status } = await post(url, bodyOf(all, one));
		pushes++;
		expect([200, 400, 403, 503]).toContain(status);
	};
	await fc.assert(
		fc.asyncProperty(rounds, async (given) => {
			const webhook = await bench.serve();
			for (const round of given)
				await Promise.all(round.map(async (one) => await perform(webhook.url, one)));
			// MicroeSIM repeats each push until it is received.
			for (const number of all.keys()) {
				const body = bodyOf(all, { kind: 'push', esims: [number], as: 'list' });
				while ((await post(webhook.url, body)).status !== 200);
			}
			const handedOn = webhook.runs.flat().map(({ json }) => json);
			expect(handedOn.map(({ lpa_str }) => lpa_str).sort()).toEqual(
				all.map(({ order, index }) => order.esims[index]!.lpa_str).sort(),
			);
			expect(JSON.stringify(handedOn)).not.toContain(FALSE);
		}),
		{ numRuns: 60 },
	);
	// Otherwise nothing was grouped. Sixty runs of chance make some 400; this few never.
	expect(pushes).toBeGreaterThan(100);
});
