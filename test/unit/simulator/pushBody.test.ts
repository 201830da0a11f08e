import {
	startSimulator,
	type PushOptions,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator/index';
import samples from '../../fixtures/document-samples.json';
import { buy, readPush, sign, startReceiver, type Receiver } from './client';

let sim: Simulator;
let receiver: Receiver;
beforeEach(async () => {
	receiver = await startReceiver();
});
afterEach(async () => {
	await sim.stop();
	await receiver.close();
});

async function start(options: SimulatorOptions = {}): Promise<void> {
	sim = await startSimulator({
		clock: { mode: 'manual', startAt: Date.UTC(2023, 3, 27, 7, 39, 47) },
		...options,
	});
}

/** Buys with the receiver's address and lets the order become ready. */
async function deliver(fields: Record<string, string> = {}): Promise<void> {
	await buy(sim, { notify_url: receiver.url, ...fields });
	await sim.clock.advance(2000);
}

describe('the body', () => {
	const shapes = ['flat', 'data', 'result'] as const;
	const encodings = ['json', 'urlencoded', 'multipart'] as const;
	const combinations = shapes.flatMap((shape) =>
		encodings.map((encoding) => ({ shape, encoding })),
	);

	async function inner(push: PushOptions): Promise<Record<string, unknown>> {
		await start({ push });
		await deliver();
		const body = await readPush(receiver.pushes[0]!);
		if (push.shape === 'flat' || push.shape === undefined) return body;
		expect(String(body.code)).toBe('1');
		const wrapped = body[push.shape];
		return (typeof wrapped === 'string' ? JSON.parse(wrapped) : wrapped) as Record<string, unknown>;
	}

	it.each(combinations)('$shape as $encoding', async (push) => {
		const fields = await inner(push);
		const { topup_id, esims } = sim.ledger[0]!;
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
		expect(receiver.pushes[0]!.contentType).toContain(type);
		expect(receiver.pushes[0]!.headers['content-length']).toBe(
			String(receiver.pushes[0]!.body.length),
		);
	});

	it("is flat and multipart by default, the document's form data", async () => {
		await inner({});
		expect(receiver.pushes[0]!.contentType).toContain('multipart/form-data');
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
		expect(fields.lpa_str).toEqual([sim.ledger[0]!.esims[0]!.lpa_str]);
	});

	it.each(encodings)('can be one for the whole order, as %s', async (encoding) => {
		await start({ push: { onePushPerOrder: true, encoding } });
		await deliver({ number: '3' });
		expect(receiver.pushes).toHaveLength(1);
		const fields = await readPush(receiver.pushes[0]!);
		expect(fields).toMatchObject({
			number: '3',
			device_id: sim.ledger[0]!.esims.map((esim) => esim.device_id),
		});
	});

	it('is one per eSIM by default', async () => {
		await start();
		await deliver({ number: '3' });
		const ids = await Promise.all(
			receiver.pushes.map(async (push) => (await readPush(push)).device_id),
		);
		expect(ids).toEqual(sim.ledger[0]!.esims.map((esim) => esim.device_id));
	});

	it('can be signed like a request', async () => {
		await inner({ signed: true });
		const { headers } = receiver.pushes[0]!;
		expect(headers['microesim-sign']).toBe(
			sign(sim, String(headers['microesim-nonce']), String(headers['microesim-timestamp'])),
		);
	});

	it('carries no signature otherwise', async () => {
		await inner({});
		expect(Object.keys(receiver.pushes[0]!.headers).join()).not.toContain('microesim');
	});
});
