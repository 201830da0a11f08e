import { startSimulator, type Esim, type Order, type Simulator } from '../../../simulator/index';
import samples from '../../fixtures/document-samples.json';
import { buy, call } from './client';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 31, 2, 0, 0);

let sim: Simulator;
let order: Order;
let esim: Esim;

async function startWith(fields: Record<string, string> = {}): Promise<void> {
	sim = await startSimulator({ clock: { mode: 'manual', startAt: START } });
	await buy(sim, fields);
	order = sim.ledger[0]!;
	esim = order.esims[0]!;
	await sim.clock.advance(2000);
}
afterEach(() => sim.stop());

type Detail = Record<string, string> & { data_usage_daily: unknown };
const ids = () => ({ topup_id: order.topup_id, device_id: esim.device_id });
const device = async () => (await call<Detail>(sim, 'deviceDetail', ids())).result;
const daily = async () =>
	(await device()).data_usage_daily as unknown as Array<Record<string, string>>;
const events = async () =>
	(await call<Array<Record<string, string>>>(sim, 'eventDetail', { device_id: esim.device_id }))
		.result;

describe('an eSIM', () => {
	it('is delivered but not installed at first', async () => {
		await startWith();
		const detail = await device();
		expect(Object.keys(detail)).toEqual(Object.keys(samples.deviceDetail.result));
		expect(detail).toMatchObject({
			status: 'success',
			active_time: '',
			expire_time: '',
			terminate_time: '',
			create_time: '2026-01-31 10:00:00',
			data_usage: '0',
			data_usage_daily: [],
		});
		expect(await events()).toEqual([]);
	});

	it('uses data in bursts, and is deleted, where a test says so', async () => {
		await startWith();
		esim.downloadAfterMs = 0;
		esim.kilobytesPerHour = 0;
		esim.deletedAfterMs = 3 * HOUR;
		esim.bursts = [{ at: order.readyAt + HOUR, kilobytes: 2048 }];
		await sim.clock.advance(HOUR + 44 * MINUTE);
		expect((await device()).data_usage).toBe('0');
		await sim.clock.advance(2 * MINUTE);
		expect((await device()).data_usage).toBe('2.0');
		expect((await events()).map((event) => event.notify_type)).not.toContain('DELETE');
		await sim.clock.advance(2 * HOUR);
		expect((await events()).at(-1)?.notify_type).toBe('DELETE');
	});

	it('is downloaded, installed and enabled as the clock passes', async () => {
		await startWith();
		await sim.clock.advance(esim.downloadAfterMs);
		expect((await events()).map((event) => event.notify_type)).toEqual(['DOWNLOADED']);
		await sim.clock.advance(13_000);
		expect((await events()).map((event) => event.notify_type)).toEqual(['DOWNLOADED', 'INSTALLED']);
		await sim.clock.advance(20_000);
		const found = await events();
		expect(found.map((event) => event.notify_type)).toEqual(['DOWNLOADED', 'INSTALLED', 'ENABLE']);
		expect(Object.keys(found[0]!)).toEqual(Object.keys(samples.eventDetail.result[0]!));
		expect(found[0]).toMatchObject({
			eid: expect.stringMatching(/^\d{32}$/),
			event_date: expect.stringMatching(/^2026-01-31 10:\d\d:\d\d$/),
		});
		const { active_time: active, expire_time: expire } = await device();
		const zone = (time: string) => Date.parse(`${time.replace(' ', 'T')}+08:00`);
		expect(zone(expire!) - zone(active!)).toBe(3 * DAY - 1000);
	});

	it('uses data that is reported late, per day, newest first', async () => {
		await startWith();
		await sim.clock.advance(esim.downloadAfterMs + 44 * MINUTE);
		expect(await daily()).toEqual([]);
		await sim.clock.advance(2 * DAY);
		const found = await daily();
		expect(found.map((entry) => entry.date)).toEqual(['2026-02-02', '2026-02-01', '2026-01-31']);
		expect(Object.keys(found[0]!).sort()).toEqual(
			Object.keys(samples.deviceDetail.result.data_usage_daily[0]!).sort(),
		);
		const sum = found.reduce((total, entry) => total + Number(entry.total_usage), 0);
		expect(Number((await device()).data_usage)).toBeCloseTo(sum, 0);
		for (const entry of found)
			expect(Number(entry.total_usage_kb) / 1024).toBeCloseTo(Number(entry.total_usage), 2);
	});

	it('stops using data when it runs out', async () => {
		await startWith();
		await sim.clock.advance(10 * DAY);
		const { data_usage: after10Days } = await device();
		await sim.clock.advance(10 * DAY);
		expect((await device()).data_usage).toBe(after10Days);
	});

	it('needs matching ids', async () => {
		await startWith();
		await buy(sim);
		await sim.clock.advance(2000);
		const other = sim.ledger[1]!;
		expect((await call(sim, 'deviceDetail', { ...ids(), topup_id: other.topup_id })).code).not.toBe(
			1,
		);
		expect((await call(sim, 'deviceDetail', { device_id: esim.device_id })).code).not.toBe(1);
		expect((await call(sim, 'eventDetail', { device_id: '1' })).code).not.toBe(1);
		expect((await call(sim, 'eventDetail')).code).not.toBe(1);
	});

	it('is not there before its order is ready', async () => {
		await startWith();
		await buy(sim);
		const { topup_id, esims } = sim.ledger[1]!;
		expect(
			(await call(sim, 'deviceDetail', { topup_id, device_id: esims[0]!.device_id })).code,
		).not.toBe(1);
	});
});

describe('activation by order', () => {
	const plan = async () => {
		const other = await startSimulator();
		await other.stop();
		return other.plans.find(
			(candidate) =>
				candidate.active_type === 'ACTIVEDBYORDER' &&
				candidate.status === '1' &&
				!candidate.channel_dataplan_name.includes('Local'),
		)!.channel_dataplan_id;
	};

	it('follows the date asked for', async () => {
		await startWith({ channel_dataplan_id: await plan(), activation_date: '2026-02-02 00:00:00' });
		expect((await device()).active_time).toBe('');
		await sim.clock.advance(3 * DAY);
		expect((await device()).active_time).toBe('2026-02-02 08:00:00');
	});

	it('is at once without a date', async () => {
		await startWith({ channel_dataplan_id: await plan() });
		expect((await device()).active_time).toBe('2026-01-31 10:00:02');
	});
});

describe('daily plans', () => {
	it('name their reset time', async () => {
		const other = await startSimulator();
		await other.stop();
		const plan = other.plans.find(
			({ data, status, channel_dataplan_name: name }) =>
				data.startsWith('Daily') && status === '1' && !name.includes('Local'),
		)!;
		await startWith({ channel_dataplan_id: plan.channel_dataplan_id });
		expect(await device()).toMatchObject({
			is_daily: 'true',
			daily_reset_time: '2026-01-31 23:59:59',
		});
	});
});

describe('terminate', () => {
	it('ends an eSIM once and refunds nothing', async () => {
		await startWith();
		await sim.clock.advance(esim.downloadAfterMs);
		const balance = sim.balance;
		expect(await call(sim, 'terminate', ids())).toEqual({ code: 1, msg: 'Success' });
		expect((await call(sim, 'terminate', ids())).code).not.toBe(1);
		expect(sim.balance).toBe(balance);
		await sim.clock.advance(DAY);
		expect(await device()).toMatchObject({
			terminate_time: expect.stringMatching(/^2026-01-31 10:/),
			active_time: '',
		});
		expect(await events()).toHaveLength(1);
	});

	it('needs both ids', async () => {
		await startWith();
		expect((await call(sim, 'terminate', { device_id: esim.device_id })).code).not.toBe(1);
		expect(esim.terminatedAt).toBeUndefined();
	});
});
