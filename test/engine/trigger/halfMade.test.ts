import { post, pushFields, useTriggerBench } from './support';

/** Orders that MicroeSIM shows while they are still being made: whose is the code that is there already? */

const HOUR_MS = 3_600_000;

describe.each(['fewCodes', 'oneCode', 'sameCode', 'partial'] as const)(
	'an order that is shown half made (%s)',
	(processingShape) => {
		const bench = useTriggerBench({ processingShape, deliveryMs: HOUR_MS });

		const bodiesOf = (order: Awaited<ReturnType<typeof bench.buy>>) => {
			const [one, two] = [pushFields(order, 0), pushFields(order, 1)];
			const { topup_id } = order;
			const ids = [one.device_id, two.device_id];
			return {
				'without codes': { topup_id, device_id: ids },
				'with the second code for both': { topup_id, device_id: ids, lpa_str: two.lpa_str },
				'with their codes': { topup_id, device_id: ids, lpa_str: [one.lpa_str, two.lpa_str] },
				'the first alone': one,
				'the first without a code': { topup_id, device_id: one.device_id },
			};
		};

		it.each([true, false])(
			'gives no eSIM the code of another one, and refuses no true push for good (Simplify %s)',
			async (simplify) => {
				const order = await bench.buy(2);
				const ready = order.readyAt;
				for (const [name, body] of Object.entries(bodiesOf(order))) {
					order.readyAt = ready;
					const webhook = await bench.serve({ verifyBy: 'order', simplify });
					const early = await post(webhook.url, body);
					expect([name, early.status]).toEqual([
						name,
						processingShape === 'partial' && name.startsWith('the first') ? 200 : 503,
					]);
					order.readyAt = 0;
					expect([name, (await post(webhook.url, body)).status]).toEqual([name, 200]);
					const items = webhook.runs.flat().map(({ json }) => json);
					const wanted = Array.isArray(body.device_id) ? body.device_id : [body.device_id];
					expect(items.map((item) => [item.device_id, item.lpa_str])).toEqual(
						order.esims
							.filter(({ device_id }) => wanted.includes(device_id))
							.map(({ device_id, lpa_str }) => [device_id, lpa_str]),
					);
				}
			},
		);

		it('is asked where a push does not say whose its code is, and believed when it is done', async () => {
			const order = await bench.buy(2);
			const body = bodiesOf(order)['with the second code for both'];
			const webhook = await bench.serve();
			const early = await post(webhook.url, body);
			expect(early.status).toBe(503);
			order.readyAt = 0;
			expect((await post(webhook.url, body)).status).toBe(200);
			expect(webhook.runs.flat().map(({ json }) => json.lpa_str)).toEqual(
				order.esims.map(({ lpa_str }) => lpa_str),
			);
		});
	},
);
