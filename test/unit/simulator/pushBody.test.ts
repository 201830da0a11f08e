import type { PushOptions } from '../../../simulator/index';
import samples from '../../fixtures/document-samples.json';
import { readPush, sign } from './client';
import { usePushBench } from './pushBench';

const bench = usePushBench();

describe('the body', () => {
	const shapes = ['flat', 'data', 'result'] as const;
	const encodings = ['json', 'urlencoded', 'multipart'] as const;
	const combinations = shapes.flatMap((shape) =>
		encodings.map((encoding) => ({ shape, encoding })),
	);

	async function inner(push: PushOptions): Promise<Record<string, unknown>> {
		await bench.start({ push });
		await bench.deliver();
		const body = await readPush(bench.receiver.pushes[0]!);
		if (push.shape === 'flat' || push.shape === undefined) return body;
		expect([1, '1']).toContain(body.code);
		const wrapped = body[push.shape];
		return (typeof wrapped === 'string' ? JSON.parse(wrapped) : wrapped) as Record<string, unknown>;
	}

	it.each(combinations)('$shape as $encoding', async (push) => {
		const fields = await inner(push);
		const { topup_id, esims } = bench.sim.ledger[0]!;
		const {
			device_id,
			lpa_str,
			qrcode,
			ios_esim_install_link,
			android_esim_install_link,
			msisdn,
			cf_code,
		} = esims[0]!;
		expect(fields).toEqual({
			topup_id,
			number: '1',
			create_time: '2023-04-27 15:39:47',
			device_id,
			lpa_str,
			qrcode,
			ios_esim_install_link,
			android_esim_install_link,
			msisdn,
			cf_code,
		});
		expect(Object.keys(fields).sort()).toEqual(
			Object.keys(samples['topupDetail-async'].data).sort(),
		);
		const type = {
			json: 'application/json',
			urlencoded: 'application/x-www-form-urlencoded',
			multipart: 'multipart/form-data',
		}[push.encoding];
		expect(bench.receiver.pushes[0]!.contentType).toContain(type);
		expect(bench.receiver.pushes[0]!.headers['content-length']).toBe(
			String(bench.receiver.pushes[0]!.body.length),
		);
	});

	it("is flat and multipart by default, the document's form data", async () => {
		await inner({});
		expect(bench.receiver.pushes[0]!.contentType).toContain('multipart/form-data');
	});

	it("can leave out what the document's fields do not name", async () => {
		expect(Object.keys(await inner({ optionalFields: false })).sort()).toEqual([
			'device_id',
			'ios_esim_install_link',
			'lpa_str',
			'number',
			'qrcode',
			'topup_id',
		]);
	});

	it('can hold lists and numbers', async () => {
		const fields = await inner({ encoding: 'json', lists: true, numberAs: 'number' });
		expect(fields.number).toBe(1);
		expect(fields.lpa_str).toEqual([bench.sim.ledger[0]!.esims[0]!.lpa_str]);
	});

	it.each(encodings)('can be one for the whole order, as %s', async (encoding) => {
		await bench.start({ push: { onePushPerOrder: true, encoding } });
		await bench.deliver({ number: '3' });
		expect(bench.receiver.pushes).toHaveLength(1);
		const fields = await readPush(bench.receiver.pushes[0]!);
		expect(fields).toMatchObject({
			number: '3',
			device_id: bench.sim.ledger[0]!.esims.map((esim) => esim.device_id),
		});
	});

	it('is one per eSIM by default', async () => {
		await bench.start();
		await bench.deliver({ number: '3' });
		const ids = await Promise.all(
			bench.receiver.pushes.map(async (push) => (await readPush(push)).device_id),
		);
		expect(ids).toEqual(bench.sim.ledger[0]!.esims.map((esim) => esim.device_id));
	});

	it('can be signed like a request', async () => {
		await inner({ signed: true });
		const { headers } = bench.receiver.pushes[0]!;
		expect(headers['microesim-sign']).toBe(
			sign(bench.sim, String(headers['microesim-nonce']), String(headers['microesim-timestamp'])),
		);
	});

	it('carries no signature otherwise', async () => {
		await inner({});
		expect(Object.keys(bench.receiver.pushes[0]!.headers).join()).not.toContain('microesim');
	});
});
