import { items, seenError, sentTo } from './support/look';
import { planById, SAMPLE_PLAN, type Bench } from './support/microesim';
import { useBenches } from './support/useBench';

const EID = '89033023000000000000000000000017';
const MINUTE = 60_000;

/** Each test ages its eSIM, so each has a bench of its own. */
const openBench = useBenches({ clock: { mode: 'manual', startAt: Date.UTC(2026, 2, 1) } });
let bench: Bench;
let topupId: string;
let deviceId: string;

/** Booked on 1 March 2026 at 08:00 in China; the phone loads it three minutes later and uses 100 MB an hour. */
beforeEach(async () => {
	bench = await openBench();
	await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: '1' });
	const [order] = bench.simulator.ledger;
	const [esim] = order?.esims ?? [];
	if (!order || !esim) throw new Error('nothing was booked');
	Object.assign(esim, { downloadAfterMs: 3 * MINUTE, kilobytesPerHour: 100 * 1024, eid: EID });
	topupId = order.topup_id;
	deviceId = esim.device_id;
});

const esim = async (operation: string, change = {}) =>
	await bench.run('esim', operation, { topupId, deviceId, ...change });
/** Nobody used the eSIM for the 45 minutes that usage lags behind. */
const afterThreeHoursOfUse = async () =>
	await bench.simulator.clock.advance((48 + 180) * MINUTE + 33_000);

const unused = () => ({
	topup_id: topupId,
	device_id: deviceId,
	type: 'esim',
	channel_dataplan_id: SAMPLE_PLAN,
	channel_dataplan_name: 'Global 66-Total1GB-7-A0-test',
	status: 'success',
	active_time: null,
	pause_time: null,
	expire_time: null,
	terminate_time: null,
	create_time: '2026-03-01T08:00:00+08:00',
	data_usage: 0,
	data_usage_daily: [],
	is_daily: false,
	daily_reset_time: null,
});

const used = () => ({
	...unused(),
	active_time: '2026-03-01T08:03:33+08:00',
	expire_time: '2026-03-31T08:03:32+08:00',
	data_usage: 300,
	data_usage_daily: [
		{ date: '2026-03-01', total_usage: 300, mcc: '286', mnc: '02', total_usage_kb: 307200 },
	],
});

describe('Get', () => {
	it('shows an eSIM that was not used yet', async () => {
		const result = await esim('get');
		expect(result.json()).toEqual([unused()]);
		expect(result.items()[0]?.pairedItem).toEqual({ item: 0 });
		expect(sentTo(bench.simulator, 'deviceDetail')[0]?.fields).toEqual({
			topup_id: topupId,
			device_id: deviceId,
		});
	});

	it('shows times and usage with typed values once it is used', async () => {
		await afterThreeHoursOfUse();
		expect((await esim('get')).json()).toEqual([used()]);
	});

	it('shows what MicroeSIM sent when Simplify is off', async () => {
		await afterThreeHoursOfUse();
		expect((await esim('get', { simplify: false })).json()[0]).toMatchObject({
			active_time: '2026-03-01 08:03:33',
			pause_time: '',
			data_usage: '300.0',
			is_daily: 'false',
			data_usage_daily: [{ total_usage: '300.00', total_usage_kb: '307200.000', mnc: '02' }],
		});
	});

	it.each<[Record<string, unknown>, Record<string, unknown>]>([
		[{ data_usage: '1.5 GB' }, { data_usage: 1536 }],
		[{ data_usage: '512KB' }, { data_usage: 0.5 }],
		[{ data_usage: 17135.6 }, { data_usage: 17135.6 }],
		[{ data_usage: '' }, { data_usage: null }],
		[{ is_daily: true }, { is_daily: true }],
		[{ is_daily: '1' }, { is_daily: true }],
		[{ is_daily: 0 }, { is_daily: false }],
		[{ is_daily: '' }, { is_daily: null }],
		[{ active_time: 'soon' }, { active_time: 'soon' }],
		[{ data_usage_daily: '' }, { data_usage_daily: [] }],
		[{ operator_iccid: '8985203000000000017' }, { operator_iccid: '8985203000000000017' }],
	])('reads %j as %j', async (sent, expected) => {
		const result = { device_id: deviceId, ...sent };
		bench.simulator.faults.next('deviceDetail', { kind: 'code', code: 1, msg: 'Success', result });
		expect((await esim('get')).json()[0]).toMatchObject(expected);
	});

	it('takes both IDs from the item, and tells which item has a pair that does not belong together', async () => {
		const parameters = { topupId: '={{ $json.value }}', deviceId };
		const error = seenError(
			await bench.run('esim', 'get', parameters, { input: items(topupId, '1') }),
		);
		expect(error.message).toContain('"No results were found" (code 9404) [item 1]');
		expect(error.description).toContain('Check the Order ID and the Device ID');
	});
});

describe('Get Events', () => {
	const event = (event_date: string, notify_type: string) => ({
		device_id: deviceId,
		event_date,
		eid: EID,
		notification_status: 'Executed-Success',
		notify_type,
	});

	it('has no item before anything happened', async () => {
		const result = await esim('getEvents');
		expect(result.error()).toBeUndefined();
		expect(result.items()).toEqual([]);
	});

	it('has one item for each event, oldest first, linked to its input', async () => {
		await bench.simulator.clock.advance(3 * MINUTE + 33_000);
		const result = await bench.run('esim', 'getEvents', { deviceId }, { input: items(1, 2) });
		const events = [
			event('2026-03-01T08:03:00+08:00', 'DOWNLOADED'),
			event('2026-03-01T08:03:13+08:00', 'INSTALLED'),
			event('2026-03-01T08:03:33+08:00', 'ENABLE'),
		];
		expect(result.json()).toEqual([...events, ...events]);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
		expect(sentTo(bench.simulator, 'eventDetail').map(({ fields }) => fields)).toEqual([
			{ device_id: deviceId },
			{ device_id: deviceId },
		]);
	});

	it('shows what MicroeSIM sent when Simplify is off', async () => {
		await bench.simulator.clock.advance(3 * MINUTE);
		expect((await esim('getEvents', { simplify: false })).json()).toEqual([
			{
				event_date: '2026-03-01 08:03:00',
				eid: EID,
				notification_status: 'Executed-Success',
				notify_type: 'DOWNLOADED',
			},
		]);
	});

	it('keeps every digit of an EID that comes as a bare number', async () => {
		const body = `{"code":1,"msg":"Success","result":{"event_date":"2026-03-01 08:03:00","eid":${EID}}}`;
		bench.simulator.faults.next('eventDetail', { kind: 'http', status: 200, body });
		expect((await esim('getEvents')).json()).toEqual([
			{
				device_id: deviceId,
				event_date: '2026-03-01T08:03:00+08:00',
				eid: EID,
				notification_status: null,
				notify_type: null,
			},
		]);
	});
});

describe('Terminate', () => {
	it('ends the eSIM, as its state then shows', async () => {
		await afterThreeHoursOfUse();
		const result = await esim('terminate');
		expect(result.json()).toEqual([
			{ terminated: true, topup_id: topupId, device_id: deviceId, msg: 'Success' },
		]);
		expect(result.items()[0]?.pairedItem).toEqual({ item: 0 });
		const [after] = (await esim('get')).json();
		expect(after).toEqual({
			...used(),
			status: 'terminated',
			terminate_time: '2026-03-01T11:48:33+08:00',
		});
	});

	it('passes on what MicroeSIM answered', async () => {
		const result = { refund: '1.00' };
		bench.simulator.faults.next('terminate', { kind: 'code', code: 1, msg: 'Done', result });
		expect((await esim('terminate')).json()[0]).toMatchObject({
			terminated: true,
			msg: 'Done',
			result,
		});
	});

	it('shows the refusal of a second time', async () => {
		await esim('terminate');
		expect(seenError(await esim('terminate')).message).toContain(
			'MicroeSIM refused the termination: "The eSIM is terminated already" (code 9430)',
		);
	});

	it('is sent once, and says that no whole answer came', async () => {
		bench.simulator.faults.next('terminate', { kind: 'cutAfter' });
		const error = seenError(await esim('terminate'));
		expect(error.message).toContain(
			'closed the connection before its answer was complete (the termination)',
		);
		expect(sentTo(bench.simulator, 'terminate')).toHaveLength(1);
	});

	it.each([
		[{ topupId: '={{ "" }}' }, '"Order ID" is empty'],
		[{ deviceId: '={{ $json.nothing }}' }, '"Device ID" is empty'],
	])('wants both IDs: %j', async (change, message) => {
		bench.forgetRequests();
		expect(seenError(await esim('terminate', change)).message).toContain(message);
		expect(bench.simulator.requests).toEqual([]);
	});
});
