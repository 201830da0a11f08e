import jsQR from 'jsqr';
import { PNG } from 'pngjs';

import type { PushOptions } from '../../../simulator';
import { post, pushFields, useTriggerBench } from './support';

const RECEIVED = '{"code":1,"msg":"Success"}';

const bench = useTriggerBench();

const shapes = ['flat', 'data', 'result'] as const;
const encodings = ['json', 'urlencoded', 'multipart'] as const;
const variants: PushOptions[] = shapes.flatMap((shape) =>
	encodings.flatMap((encoding) =>
		[false, true].flatMap((lists) =>
			[false, true].flatMap((optionalFields) =>
				(['string', 'number'] as const).map((numberAs) => ({
					shape,
					encoding,
					lists,
					optionalFields,
					numberAs,
				})),
			),
		),
	),
);

describe('the trigger reads a push', () => {
	it.each(variants)(
		'of shape $shape in $encoding (lists $lists, optional fields $optionalFields, number as $numberAs)',
		async (variant) => {
			const webhook = await bench.serve();
			const order = await bench.buy();
			const attempts = await bench.simulator.pushNow(order.topup_id, {
				...variant,
				url: webhook.url,
			});
			expect(attempts.map(({ status }) => status)).toEqual([200]);
			expect(webhook.runs).toHaveLength(1);
			const esim = order.esims[0]!;
			expect(webhook.runs[0]!.map(({ json }) => json)).toMatchObject([
				{
					topup_id: order.topup_id,
					device_id: esim.device_id,
					number: 1,
					delivered: true,
					lpa_str: esim.lpa_str,
					matching_id: esim.lpa_str.split('$')[2],
					confirmation_code_required: false,
					cf_code: variant.optionalFields && esim.cf_code ? esim.cf_code : null,
					push: { verified_by: 'lookup', attempt_seen: 1 },
				},
			]);
		},
	);

	it('with several eSIMs as one item each', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy(3);
		await bench.simulator.pushNow(order.topup_id, {
			onePushPerOrder: true,
			encoding: 'json',
			lists: true,
			url: webhook.url,
		});
		expect(webhook.runs.flat().map(({ json }) => json.lpa_str)).toEqual(
			order.esims.map(({ lpa_str }) => lpa_str),
		);
	});

	it('and gives the same fields and types as Order → Get, plus what is known of the push', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		await bench.simulator.pushNow(order.topup_id, {
			encoding: 'json',
			optionalFields: true,
			url: webhook.url,
		});
		const got = await bench.engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'order', operation: 'get', topupId: order.topup_id },
			credentials: { microesimApi: bench.credential },
		});
		const { push, ...pushed } = webhook.runs[0]![0]!.json;
		const fromOrder = got.json()[0]!;
		expect(push).toMatchObject({
			received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		});
		for (const [field, value] of Object.entries(pushed)) {
			expect(fromOrder).toHaveProperty(field);
			// A push leaves out what only the whole order knows.
			if (value === null) continue;
			expect([field, typeof value]).toEqual([field, typeof fromOrder[field]]);
		}
		for (const field of [
			'topup_id',
			'device_id',
			'lpa_str',
			'matching_id',
			'msisdn',
			'cf_code',
			'qrcode',
		]) {
			expect(pushed[field]).toEqual(fromOrder[field]);
		}
	});

	it('keeps fields it does not know', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		await post(webhook.url, { ...pushFields(order), loyalty: 'gold' });
		expect(webhook.runs[0]![0]!.json).toMatchObject({ loyalty: 'gold' });
	});

	it('as it came when Simplify is off', async () => {
		const webhook = await bench.serve({ simplify: false });
		const order = await bench.buy();
		await post(webhook.url, pushFields(order));
		const { push, ...raw } = webhook.runs[0]![0]!.json;
		expect(raw).toEqual(pushFields(order));
		expect(push).toMatchObject({ verified_by: 'lookup' });
	});

	it('and does not round an order id that comes as a bare number', async () => {
		const webhook = await bench.serve({ verifyBy: 'nothing', urlToken: 't' });
		await post(
			`${webhook.url}?token=t`,
			'{"topup_id":202308161431187762753801,"device_id":9000024081603874123,"lpa_str":"LPA:1$smdp.example.com$A"}',
		);
		expect(webhook.runs[0]![0]!.json).toMatchObject({
			topup_id: '202308161431187762753801',
			device_id: '9000024081603874123',
		});
	});

	it('and draws its QR code into the field that was asked for', async () => {
		const webhook = await bench.serve({ options: { qrCodeField: 'qr' } });
		const order = await bench.buy();
		await post(webhook.url, pushFields(order));
		const { binary } = webhook.runs[0]![0]!;
		expect(binary).toMatchObject({
			qr: { fileName: `esim-${order.esims[0]!.device_id}.png`, mimeType: 'image/png' },
		});
		const { data, width, height } = PNG.sync.read(await bench.engine.readBinary(binary!.qr!));
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(order.esims[0]!.lpa_str);
	});

	it('a QR code that cannot be drawn or stored does not keep the eSIM from its run', async () => {
		const webhook = await bench.serve({ options: { qrCodeField: 'data' } });
		const fields = pushFields(await bench.buy());
		const { status } = await post(webhook.url, {
			...fields,
			lpa_str: fields.lpa_str + 'A'.repeat(4500),
		});
		expect(status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});
});

describe('the trigger answers', () => {
	it('what MicroeSIM itself answers, or what the user set, in both response modes', async () => {
		for (const respond of ['onReceived', 'lastNode']) {
			for (const options of [{}, { responseBody: 'ok' }]) {
				const webhook = await bench.serve({ respond, options });
				const answer = await post(webhook.url, pushFields(await bench.buy()));
				expect(answer).toEqual({ status: 200, text: 'responseBody' in options ? 'ok' : RECEIVED });
			}
		}
	});

	it('a browser that looks at the address, without starting anything', async () => {
		const webhook = await bench.serve();
		const response = await fetch(webhook.url);
		expect(response.status).toBe(200);
		expect(await response.text()).toMatch(/callback address/);
		expect(webhook.runs).toEqual([]);
	});

	it('orders that are not to be accepted as received, and starts nothing', async () => {
		const wanted = await bench.buy();
		const other = await bench.buy();
		const webhook = await bench.serve({ options: { orderNumbers: `${wanted.topup_id}, 1` } });
		expect(await post(webhook.url, pushFields(other))).toEqual({ status: 200, text: RECEIVED });
		await post(webhook.url, pushFields(wanted));
		expect(webhook.runs.flat().map(({ json }) => json.topup_id)).toEqual([wanted.topup_id]);
	});
});
