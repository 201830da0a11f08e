import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/index';
import { buy, call, http, JAPAN_3, post, signedHeaders } from './client';

let sim: Simulator;
async function start(options: SimulatorOptions = {}): Promise<void> {
	sim = await startSimulator({
		clock: { mode: 'manual', startAt: Date.UTC(2026, 0, 31, 16, 30, 5) },
		...options,
	});
}
afterEach(() => sim.stop());

const utc = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

describe('esimSubscribe', () => {
	it('books, takes the price and keeps every field', async () => {
		await start();
		const fields = { custom_order_no: 'shop-1', custom_email: 'a@shop.example', remark: 'gift' };
		const topupId = await buy(sim, { number: '2', ...fields });
		expect(topupId).toMatch(/^20260201003005\d{10}$/);
		expect(sim.balance).toBe(14860.23 - 2 * 71.62);
		expect(sim.ledger).toHaveLength(1);
		expect(sim.ledger[0]).toMatchObject({
			topup_id: topupId,
			custom_order_no: 'shop-1',
			channel_dataplan_id: JAPAN_3,
			number: 2,
			cost: 143.24,
			currency: 'HKD',
			fields,
		});
		expect(sim.ledger[0]?.esims).toHaveLength(2);
		expect((await call(sim, 'accountBalance')).result).toEqual({
			balance: 14716.99,
			currency: 'HKD',
			account: sim.account,
		});
	});

	it('books a repeated custom_order_no again', async () => {
		await start();
		const first = await buy(sim, { custom_order_no: 'twice' });
		const second = await buy(sim, { custom_order_no: 'twice' });
		expect(second).not.toBe(first);
		expect(sim.ledger).toHaveLength(2);
	});

	it.each([
		['an unknown plan', { channel_dataplan_id: 'none' }],
		['no plan', { channel_dataplan_id: '' }],
		['number 0', { number: '0' }],
		['number 1.5', { number: '1.5' }],
		['number 101', { number: '101' }],
		['no number', { number: '' }],
		['a date that is none', { activation_date: '2026-02-30 00:00:00' }],
		['a date in another form', { activation_date: '2026-02-03T00:00:00Z' }],
		['a past date', { activation_date: '2026-01-31 16:30:04' }],
		['a date beyond 30 days', { activation_date: '2026-03-02 16:30:06' }],
	])('refuses %s and books nothing', async (_name, fields) => {
		await start();
		const answer = await call(sim, 'esimSubscribe', {
			number: '1',
			channel_dataplan_id: JAPAN_3,
			...fields,
		});
		expect(answer.code).not.toBe(1);
		expect(sim.ledger).toHaveLength(0);
		expect(sim.balance).toBe(14860.23);
	});

	it('takes an activation date from now to 30 days', async () => {
		await start();
		await buy(sim, { activation_date: '2026-01-31 16:30:05' });
		await buy(sim, { activation_date: utc(sim.clock.now() + 30 * 86_400_000) });
		expect(sim.ledger).toHaveLength(2);
	});

	it('refuses a plan that is not on sale', async () => {
		await start();
		const plan = sim.plans.find((candidate) => candidate.status === '0')!;
		expect(
			(
				await call(sim, 'esimSubscribe', {
					number: '1',
					channel_dataplan_id: plan.channel_dataplan_id,
				})
			).code,
		).not.toBe(1);
	});

	it('refuses when the balance is too low, to the cent', async () => {
		await start({ balance: 71.61 });
		expect(
			(await call(sim, 'esimSubscribe', { number: '1', channel_dataplan_id: JAPAN_3 })).msg,
		).toMatch(/balance/i);
		sim.balance = 71.62;
		await buy(sim);
		expect(sim.balance).toBe(0);
	});
});

describe('bodies', () => {
	const url = () => `${sim.url}/allesim/v1/esimSubscribe`;
	const fields = { number: '1', channel_dataplan_id: JAPAN_3 };

	it('takes multipart with a known length', async () => {
		await start();
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		const encoded = new Response(form);
		const body = Buffer.from(await encoded.arrayBuffer());
		const type = encoded.headers.get('content-type')!;
		await http(
			url(),
			'POST',
			{ ...signedHeaders(sim), 'Content-Type': type, 'Content-Length': body.length },
			body,
		);
		expect(sim.ledger).toHaveLength(1);
		expect(sim.requests[0]).toMatchObject({
			endpoint: 'esimSubscribe',
			method: 'POST',
			fields,
			contentType: type,
			contentLength: String(body.length),
			signature: 'valid',
			status: 200,
		});
	});

	it('refuses chunked bodies', async () => {
		await start();
		const headers = {
			...signedHeaders(sim),
			'Content-Type': 'application/x-www-form-urlencoded',
			'Transfer-Encoding': 'chunked',
		};
		const { status } = await http(url(), 'POST', headers, new URLSearchParams(fields).toString());
		expect(status).toBe(411);
		expect(sim.requests[0]).toMatchObject({
			transferEncoding: 'chunked',
			status: 411,
			signature: 'notChecked',
		});
	});

	it('refuses JSON bodies', async () => {
		await start();
		const body = JSON.stringify(fields);
		const { status } = await http(
			url(),
			'POST',
			{ ...signedHeaders(sim), 'Content-Type': 'application/json', 'Content-Length': body.length },
			body,
		);
		expect(status).toBe(415);
		expect(sim.ledger).toHaveLength(0);
	});

	it('refuses what it cannot read', async () => {
		await start();
		const { status } = await http(
			url(),
			'POST',
			{
				...signedHeaders(sim),
				'Content-Type': 'multipart/form-data; boundary=x',
				'Content-Length': 4,
			},
			'oops',
		);
		expect(status).toBe(400);
	});

	it('makes a repeated field one text, which is no number', async () => {
		await start();
		const body = `${new URLSearchParams(fields).toString()}&number=1`;
		await http(
			url(),
			'POST',
			{
				...signedHeaders(sim),
				'Content-Type': 'application/x-www-form-urlencoded',
				'Content-Length': body.length,
			},
			body,
		);
		expect(sim.requests[0]?.fields.number).toBe('1,1');
		expect(sim.ledger).toHaveLength(0);
	});

	it('knows its endpoints and their methods', async () => {
		await start();
		expect((await post(sim, 'esimRefund')).status).toBe(404);
		expect((await post(sim, 'esimDataplanList')).status).toBe(405);
		expect((await http(`${sim.url}/`, 'GET', {})).status).toBe(404);
		expect(sim.requests.map((record) => record.endpoint)).toEqual([
			'esimRefund',
			'esimDataplanList',
			'',
		]);
	});
});
