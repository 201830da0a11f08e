import { forgetFacts } from '../../inside';
import { seenError, sentTo } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';
import { sellGigabyte, thresholds, Travellers } from './support';

/** What Get Alerts puts out, and when an alert counts as told. */

const bench = useBench();
const travellers = new Travellers(bench);
beforeAll(() => sellGigabyte(bench));
beforeEach(() => forgetFacts());

it('puts out the alert, what was measured, the state of the eSIM and the fields of the input', async () => {
	const esim = await travellers.whoUsed(950);
	const result = await travellers.node()([esim]);
	expect(result.json()).toEqual([
		expect.objectContaining({
			...esim.json,
			alert: 'data_used',
			alert_text: '90% of the data is used: 950 MB of 1 GB.',
			threshold: 90,
			used_percent: 92.8,
			used_mb: 950,
			allowance_mb: 1024,
			usage_day: null,
			esim_status: 'success',
			esim_data_usage: 950,
			esim_active_time: expect.stringMatching(/^\d{4}-.*\+08:00$/) as string,
		}),
	]);
	expect(result.items()[0]?.pairedItem).toEqual({ item: 0 });
});

describe('a threshold', () => {
	it('is told once; one that is jumped over is told with the next', async () => {
		const esim = await travellers.whoUsed(300);
		const look = travellers.node();
		expect(thresholds(await look([esim]))).toEqual([25]);
		expect((await look([esim])).json()).toEqual([]);
		travellers.use(esim, 950);
		expect(thresholds(await look([esim]))).toEqual([90]);
		expect((await look([esim])).json()).toEqual([]);
		travellers.use(esim, 1100);
		expect(thresholds(await look([esim]))).toEqual([100]);
	});

	it('that is jumped over is told by itself, by choice', async () => {
		const esim = await travellers.whoUsed(300);
		const look = travellers.node({ options: { jumped: 'each' } });
		expect(thresholds(await look([esim]))).toEqual([25]);
		travellers.use(esim, 950);
		expect(thresholds(await look([esim]))).toEqual([50, 75, 90]);
	});

	it('is told again and again while it does not count as told', async () => {
		const esim = await travellers.whoUsed(300);
		const parameters = { options: { markAsTold: false } };
		const look = travellers.node(parameters);
		for (const run of [1, 2]) expect([run, thresholds(await look([esim]))]).toEqual([run, [25]]);
		expect(thresholds(await travellers.node()([esim]))).toEqual([25]);
	});
});

it('asks about each eSIM once, and reads each plan once in a day', async () => {
	const esims = [await travellers.whoUsed(300), await travellers.whoUsed(600)];
	bench.forgetRequests();
	const look = travellers.node();
	expect(thresholds(await look([...esims, ...esims]))).toEqual([25, 50]);
	await look(esims);
	expect(sentTo(bench.simulator, 'deviceDetail')).toHaveLength(4);
	expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(1);
	expect(sentTo(bench.simulator, 'eventDetail')).toEqual([]);
});

it('says where a plan is gone, and nobody knows how much data it had', async () => {
	const esim = await travellers.whoUsed(950);
	const { plans } = bench.simulator;
	const place = plans.findIndex(({ channel_dataplan_id }) => channel_dataplan_id === SAMPLE_PLAN);
	const [gone] = plans.splice(place, 1);
	const result = await travellers.node()([esim]);
	expect(result.json()).toEqual([]);
	expect(result.runs('Node')[0]?.hints).toMatchObject([
		{ message: expect.stringMatching(/has left the catalogue.*Set the option "Data Allowance/) },
	]);
	const given = await travellers.node({ options: { allowance: 1024 } })([esim]);
	expect(thresholds(given)).toEqual([90]);
	expect(given.runs('Node')[0]?.hints ?? []).toEqual([]);
	plans.splice(place, 0, gone!);
});

it('takes the days to install from the user where the plan is gone, and looks whether it is installed', async () => {
	const esim = await travellers.whoUsed(0);
	const order = bench.simulator.ledger.at(-1)!;
	order.esims[0]!.downloadAfterMs = Infinity;
	order.bookedAt -= 3 * 86_400_000;
	const { plans } = bench.simulator;
	const place = plans.findIndex(({ channel_dataplan_id }) => channel_dataplan_id === SAMPLE_PLAN);
	const [gone] = plans.splice(place, 1);
	const looks = (daysToInstall?: number) =>
		travellers.node({ alertOn: ['expires_soon', 'expired'], options: { daysToInstall } });
	bench.forgetRequests();
	expect((await looks()([esim])).json()).toEqual([]);
	expect((await looks(60)([esim])).json()).toEqual([]);
	expect(sentTo(bench.simulator, 'eventDetail')).toEqual([]);
	const byPlan = { alert: 'expires_soon', expires_by: 'install_deadline' };
	expect((await looks(4)([esim])).json()).toMatchObject([byPlan]);
	expect(sentTo(bench.simulator, 'eventDetail')).toHaveLength(1);
	expect((await looks(2)([esim])).json()).toMatchObject([{ ...byPlan, alert: 'expired' }]);
	plans.splice(place, 0, gone!);
});

describe('what fails', () => {
	const busy = { kind: 'code', code: 500, msg: 'Busy' } as const;

	it('ends the run, and no alert of it counts as told', async () => {
		const esims = [await travellers.whoUsed(300), await travellers.whoUsed(600)];
		const look = travellers.node({ options: { concurrentRequests: 1 } });
		bench.simulator.faults.after('deviceDetail', 1, busy);
		expect(seenError(await look(esims)).message).toContain('[item 1]');
		expect(thresholds(await look(esims))).toEqual([25, 50]);
	});

	it('comes out with its item where the node goes on, and the others are told', async () => {
		const esims = [await travellers.whoUsed(300), await travellers.whoUsed(600)];
		const look = travellers.node({ options: { concurrentRequests: 1 } });
		bench.simulator.faults.next('deviceDetail', busy);
		const result = await look(esims, { onError: 'continueErrorOutput' });
		expect(result.json('Node', 0)).toMatchObject([{ threshold: 50 }]);
		expect(result.json('Node', 1)).toMatchObject([{ error: expect.stringContaining('[item 0]') }]);
		expect(thresholds(await look(esims))).toEqual([25]);
	});

	it('with the catalogue fails what only the plan decides', async () => {
		const esim = await travellers.whoUsed(300);
		bench.simulator.faults.always('esimDataplanListPage', busy);
		expect(seenError(await travellers.node()([esim])).message).toContain('Busy');
		const looks = travellers.node({ alertOn: ['installed', 'terminated'] });
		expect((await looks([esim])).json()).toMatchObject([{ alert: 'installed' }]);
	});
});

it.each([
	[{ alertOn: [] }, 'The field "Alert On" is empty'],
	[{ alertOn: ['expried'] }, '"Alert On" must be one of'],
	[{ percents: [] }, 'The field "Percent of Data" is empty'],
	[{ percents: [42] }, '"Percent of Data" must be one of'],
	[{ options: { daysToInstall: 0 } }, '"Days to Install"'],
	[{ options: { jumped: 'some' } }, '"Thresholds Jumped Over" must be one of'],
])('refuses %j before anything is sent', async (parameters, message) => {
	const result = await travellers.node(parameters)([{ json: { topup_id: '1', device_id: '2' } }]);
	expect(seenError(result).message).toContain(message);
	expect(bench.simulator.requests).toEqual([]);
});
