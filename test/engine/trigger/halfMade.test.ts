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

describe('what MicroeSIM shows of an order beside IDs and codes', () => {
	const bench = useTriggerBench();

	/** Pushes two eSIMs of an order that is shown so, and gives the items. */
	async function itemsOf(change: (order: Order) => object, simplify: boolean) {
		const order = await bench.buy(2);
		const { device_id, lpa_str } = {
			device_id: order.esims.map((esim) => esim.device_id),
			lpa_str: order.esims.map((esim) => esim.lpa_str),
		};
		const { topup_id } = order;
		bench.simulator.faults.next('topupDetail', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result: { topup_id, number: '2', device_ids: device_id, lpa_str, ...change(order) },
		});
		const webhook = await bench.serve({ verifyBy: 'order', simplify });
		const { status } = await post(webhook.url, { topup_id, device_id, lpa_str });
		return { order, status, items: webhook.runs.flat().map(({ json }) => json) };
	}
	type Order = Awaited<ReturnType<typeof bench.buy>>;
	const linkOf = (order: Order, index: number) => order.esims[index]!.ios_esim_install_link;

	it.each([true, false])(
		'is nobody’s where there are not as many as eSIMs (Simplify %s)',
		async (simplify) => {
			for (const write of [(one: unknown) => [one], (one: unknown) => one]) {
				const { status, items } = await itemsOf(
					(order) => ({
						ios_esim_install_link: write(linkOf(order, 1)),
						qrcode: write(order.esims[1]!.qrcode),
						cf_code: write('9999'),
						msisdn: write('48222'),
						operator_iccids: write('8985'),
					}),
					simplify,
				);
				expect(status).toBe(200);
				for (const item of items) {
					for (const field of ['qrcode', 'cf_code', 'msisdn', 'ios_esim_install_link'])
						expect([field, item[field] ?? null]).toEqual([field, null]);
					expect(item.operator_iccid ?? null).toBeNull();
				}
			}
		},
	);

	it.each([true, false])('is left out where it is no link (Simplify %s)', async (simplify) => {
		const scripts = { qrcode: ['javascript:alert(1)', { x: '<b>' }] };
		const { items } = await itemsOf(() => scripts, simplify);
		expect(items).toHaveLength(2);
		for (const { push, ...item } of items) {
			expect(JSON.stringify(item)).not.toMatch(/javascript|<b>/);
			expect(push).toMatchObject({ left_out: ['qrcode'] });
		}
	});

	it.each<[string, (order: Order) => object]>([
		['swapped', (order) => ({ ios_esim_install_link: [linkOf(order, 1), linkOf(order, 0)] })],
		[
			'of the other eSIM',
			(order) => ({
				number: undefined,
				device_ids: [order.esims[0]!.device_id],
				lpa_str: [order.esims[1]!.lpa_str],
				ios_esim_install_link: [linkOf(order, 0)],
			}),
		],
	])('shows that an order is out of step, by links that are %s', async (_, change) => {
		const { status, items } = await itemsOf(change, true);
		expect([status, items]).toEqual([503, []]);
	});
});
