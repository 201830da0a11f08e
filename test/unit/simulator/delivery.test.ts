import {
	startSimulator,
	type ProcessingShape,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator/index';
import samples from '../../fixtures/document-samples.json';
import { buy, call, post } from './client';

let sim: Simulator;
async function start(options: SimulatorOptions = {}): Promise<void> {
	sim = await startSimulator({
		clock: { mode: 'manual', startAt: Date.UTC(2024, 7, 16, 6, 0, 8) },
		...options,
	});
}
afterEach(() => sim.stop());

type Detail = Record<string, unknown> & { lpa_str: string[]; device_ids: string[] };
const detail = (topupId: string) => call<Detail>(sim, 'topupDetail', { topup_id: topupId });

describe('while an order is being made', () => {
	const shapes: Array<[ProcessingShape, (answer: Awaited<ReturnType<typeof detail>>) => void]> = [
		[
			'msg',
			({ code, msg, result }) =>
				expect({ code, msg, lists: result.lpa_str }).toEqual({
					code: 1,
					msg: 'Processing',
					lists: undefined,
				}),
		],
		[
			'status',
			({ code, msg, result }) =>
				expect({ code, msg, status: result.status }).toEqual({
					code: 1,
					msg: 'Success',
					status: 'Processing',
				}),
		],
		['emptyLists', ({ result }) => expect([result.lpa_str, result.device_ids]).toEqual([[], []])],
		['emptyStrings', ({ result }) => expect(result.lpa_str).toEqual(['', ''])],
		['scalars', ({ result }) => expect(result.lpa_str).toBe('')],
		[
			'notFound',
			({ code, msg, result }) =>
				expect([code === 1, msg, result]).toEqual([false, 'No results were found', undefined]),
		],
		['partial', ({ result }) => expect(result.lpa_str.map(Boolean)).toEqual([true, false])],
		[
			'fewCodes',
			({ result }) => expect([result.device_ids.length, result.lpa_str.length]).toEqual([2, 1]),
		],
		['oneCode', ({ result }) => expect(typeof result.lpa_str).toBe('string')],
		[
			'sameCode',
			({ result }) => {
				expect(new Set(result.device_ids).size).toBe(2);
				expect(new Set(result.lpa_str).size).toBe(1);
			},
		],
	];

	it.each(shapes)('shows %s until it is ready', async (processingShape, check) => {
		await start({ processingShape });
		const topupId = await buy(sim, { number: '2' });
		check(await detail(topupId));
		await sim.clock.advance(1999);
		check(await detail(topupId));
		await sim.clock.advance(1);
		expect((await detail(topupId)).result.lpa_str.every(Boolean)).toBe(true);
	});

	it('rotates through six of them by default', async () => {
		await start();
		const topupId = await buy(sim, { number: '2' });
		for (const [, check] of shapes.slice(0, 6)) check(await detail(topupId));
		shapes[0]![1](await detail(topupId));
	});

	it('takes longer for plans named "Local"', async () => {
		await start();
		const plan = sim.plans.find(
			({ channel_dataplan_name: name, status }) => name.includes('Local') && status === '1',
		)!;
		await buy(sim, { channel_dataplan_id: plan.channel_dataplan_id });
		expect(sim.ledger[0]!.readyAt - sim.ledger[0]!.bookedAt).toBe(60_000);
	});

	it('draws each time from a range, by the seed', async () => {
		const times = async () => {
			await start({ deliveryMs: [2000, 30_000] });
			for (let i = 0; i < 5; i++) await buy(sim);
			const found = sim.ledger.map((order) => order.readyAt - order.bookedAt);
			await sim.stop();
			return found;
		};
		const first = await times();
		expect(new Set(first).size).toBeGreaterThan(1);
		expect(first.every((ms) => ms >= 2000 && ms <= 30_000)).toBe(true);
		expect(await times()).toEqual(first);
	});
});

describe('a finished order', () => {
	it("has the document's fields, in its forms", async () => {
		await start();
		const topupId = await buy(sim, { number: '2' });
		await sim.clock.advance(2000);
		const { code, result } = await detail(topupId);
		expect(code).toBe(1);
		expect(Object.keys(result)).toEqual(Object.keys(samples.topupDetail.result));
		expect(result).toMatchObject({
			topup_id: topupId,
			number: 2,
			success_number: 2,
			type: 'esim',
			create_time: 'Fri Aug 16 14:00:08 CST 2024',
		});
		for (const lpa of result.lpa_str)
			expect(lpa).toMatch(/^LPA:1\$[a-z.-]+\.example\$[0-9A-F]{32}$/);
		for (const id of result.device_ids) expect(id).toMatch(/^\d{16}$/);
		for (const list of Object.values(result).filter(Array.isArray)) expect(list).toHaveLength(2);
		expect(result.ios_esim_install_link).toEqual(
			result.lpa_str.map(
				(lpa) => `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${lpa}`,
			),
		);
	});

	it('sometimes has more, and a cf_code or none', async () => {
		await start();
		const details = [];
		for (let i = 0; i < 3; i++) await buy(sim);
		await sim.clock.advance(2000);
		for (const order of sim.ledger) details.push((await detail(order.topup_id)).result);
		expect(
			details.filter(
				(result) => result.operator_iccids && result.apn && result.status === 'Success',
			),
		).toHaveLength(1);
		expect(new Set(details.map((result) => (result.cf_code as string[])[0] !== '')).size).toBe(2);
	});

	it('may stand as scalars', async () => {
		await start({ readyAs: 'scalars' });
		const topupId = await buy(sim);
		await sim.clock.advance(2000);
		expect((await detail(topupId)).result.lpa_str).toBe(sim.ledger[0]!.esims[0]!.lpa_str);
	});

	it('is found by its id only', async () => {
		await start();
		expect((await detail('202401010000000000000000')).code).not.toBe(1);
		expect((await call(sim, 'topupDetail')).code).not.toBe(1);
	});
});

describe('numbers in answers', () => {
	it('can all be strings', async () => {
		await start({ answerNumbersAs: 'strings' });
		expect((await post(sim, 'accountBalance')).text).toBe(
			`{"code":"1","msg":"Success","result":{"balance":"14860.23","currency":"HKD","account":"${sim.account}"}}`,
		);
	});

	it('can all be bare, a topup_id of 24 digits too', async () => {
		await start({ answerNumbersAs: 'numbers' });
		const { text } = await post(sim, 'esimSubscribe', {
			number: '1',
			channel_dataplan_id: sim.plans[1]!.channel_dataplan_id,
		});
		const order = sim.ledger[0]!;
		expect(text).toBe(`{"code":1,"msg":"Success","result":{"topup_id":${order.topup_id}}}`);
		await sim.clock.advance(2000);
		const answer = await post(sim, 'topupDetail', { topup_id: order.topup_id });
		expect(answer.text).toContain(`"device_ids":[${order.esims[0]!.device_id}]`);
		expect(answer.text).toContain(`"cf_code":["${order.esims[0]!.cf_code}"]`);
		expect(() => JSON.parse(answer.text) as unknown).not.toThrow();
	});
});

describe('the same seed', () => {
	const run = async (seed: number, noise: boolean) => {
		await start({ seed });
		if (noise) await call(sim, 'accountBalance');
		await buy(sim, { number: '2' });
		await buy(sim);
		const found = {
			plans: sim.plans,
			orders: sim.ledger.map(({ topup_id, esims }) => ({ topup_id, esims })),
		};
		await sim.stop();
		return found;
	};

	it('gives the same plans, ids and codes, whatever else was asked', async () => {
		expect(await run(7, true)).toEqual(await run(7, false));
		expect((await run(7, false)).orders).not.toEqual((await run(8, false)).orders);
	});
});
