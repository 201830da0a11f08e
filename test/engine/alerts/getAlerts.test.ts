import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { forgetFacts } from '../../inside';
import { seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

/** What Get Alerts puts out, and when an alert counts as told. */

const bench = useBench();
beforeAll(() => {
	const sold = bench.simulator.plans.find((plan) => plan.channel_dataplan_id === SAMPLE_PLAN);
	sold!.data = 'Total1GB';
});
beforeEach(() => forgetFacts());
afterEach(() => jest.restoreAllMocks());

const HOUR_MS = 3_600_000;
let workflows = 0;

/** An eSIM of which so many megabytes were used: its plan has 1 GB. */
async function esimThatUsed(megabytes: number): Promise<INodeExecutionData> {
	const { simulator } = bench;
	const planId = planById(SAMPLE_PLAN);
	await bench.run('order', 'create', { planId, customOrderNo: `a-${++workflows}` });
	const order = simulator.ledger.at(-1)!;
	const [esim] = order.esims as [(typeof order.esims)[0]];
	Object.assign(order, {
		bookedAt: order.bookedAt - 8 * HOUR_MS,
		readyAt: order.readyAt - 8 * HOUR_MS,
	});
	esim.downloadAfterMs = 0;
	esim.kilobytesPerHour = 0;
	esim.bursts = [{ at: order.readyAt + HOUR_MS, kilobytes: megabytes * 1024 }];
	return {
		json: { topup_id: order.topup_id, device_id: esim.device_id, status: 'mine', mail: 'a@b.c' },
	};
}

const useMore = (item: INodeExecutionData, megabytes: number): void => {
	const order = bench.simulator.ledger.find(({ topup_id }) => topup_id === item.json.topup_id)!;
	order.esims[0]!.bursts![0]!.kilobytes = megabytes * 1024;
};

/** A node of a workflow; each call of it is a run. */
function node(parameters: IDataObject = {}) {
	const workflowId = `alerts-${++workflows}`;
	return async (input: INodeExecutionData[], given: object = {}) =>
		await bench.run(
			'esim',
			'getAlerts',
			{
				topupId: '={{ $json.topup_id }}',
				deviceId: '={{ $json.device_id }}',
				alertOn: ['data_used'],
				percents: [25, 50, 75, 90, 100],
				...parameters,
			},
			{ workflowId, input, ...given },
		);
}

const thresholds = (items: IDataObject[]) => items.map(({ threshold }) => threshold);

it('puts out the alert, what was measured, the state of the eSIM and the fields of the input', async () => {
	const esim = await esimThatUsed(950);
	const result = await node()([esim]);
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
		const esim = await esimThatUsed(300);
		const look = node();
		expect(thresholds((await look([esim])).json())).toEqual([25]);
		expect((await look([esim])).json()).toEqual([]);
		useMore(esim, 950);
		expect(thresholds((await look([esim])).json())).toEqual([90]);
		expect((await look([esim])).json()).toEqual([]);
		useMore(esim, 1100);
		expect(thresholds((await look([esim])).json())).toEqual([100]);
	});

	it('that is jumped over is told by itself, by choice', async () => {
		const esim = await esimThatUsed(300);
		const look = node({ options: { jumped: 'each' } });
		expect(thresholds((await look([esim])).json())).toEqual([25]);
		useMore(esim, 950);
		expect(thresholds((await look([esim])).json())).toEqual([50, 75, 90]);
	});

	it('is told again and again while it does not count as told', async () => {
		const esim = await esimThatUsed(300);
		const parameters = { options: { markAsTold: false } };
		const look = node(parameters);
		for (const run of [1, 2])
			expect([run, thresholds((await look([esim])).json())]).toEqual([run, [25]]);
		expect(thresholds((await node()([esim])).json())).toEqual([25]);
	});
});

it('asks about each eSIM once, and reads each plan once in a day', async () => {
	const esims = [await esimThatUsed(300), await esimThatUsed(600)];
	bench.forgetRequests();
	const look = node();
	expect(thresholds((await look([...esims, ...esims])).json())).toEqual([25, 50]);
	await look(esims);
	expect(sentTo(bench.simulator, 'deviceDetail')).toHaveLength(4);
	expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(1);
	expect(sentTo(bench.simulator, 'eventDetail')).toEqual([]);
});

describe('what fails', () => {
	const busy = { kind: 'code', code: 500, msg: 'Busy' } as const;

	it('ends the run, and no alert of it counts as told', async () => {
		const esims = [await esimThatUsed(300), await esimThatUsed(600)];
		const look = node({ options: { concurrentRequests: 1 } });
		bench.simulator.faults.after('deviceDetail', 1, busy);
		expect(seenError(await look(esims)).message).toContain('[item 1]');
		expect(thresholds((await look(esims)).json())).toEqual([25, 50]);
	});

	it('comes out with its item where the node goes on, and the others are told', async () => {
		const esims = [await esimThatUsed(300), await esimThatUsed(600)];
		const look = node({ options: { concurrentRequests: 1 } });
		bench.simulator.faults.next('deviceDetail', busy);
		const result = await look(esims, { onError: 'continueErrorOutput' });
		expect(thresholds(result.json('Node', 0))).toEqual([50]);
		expect(result.json('Node', 1)).toMatchObject([{ error: expect.stringContaining('[item 0]') }]);
		expect(thresholds((await look(esims)).json())).toEqual([25]);
	});

	it('with the catalogue fails what only the plan decides', async () => {
		const esim = await esimThatUsed(300);
		bench.simulator.faults.always('esimDataplanListPage', busy);
		expect(seenError(await node()([esim])).message).toContain('Busy');
		const looks = node({ alertOn: ['installed', 'terminated'] });
		expect((await looks([esim])).json()).toMatchObject([{ alert: 'installed' }]);
	});

	it("with n8n's database counts as told nothing that does not come out", async () => {
		const esims = [await esimThatUsed(300), await esimThatUsed(600)];
		const look = node();
		const { duplicates } = bench.engine;
		const record = duplicates.checkProcessedAndRecord.bind(duplicates);
		let calls = 0;
		await look([]);
		jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
			if (given[0].includes('taken') && ++calls > 1) throw new Error('SQLITE_BUSY');
			return await record(...given);
		});
		expect(seenError(await look(esims)).message).toContain('whether an alert was told before');
		jest.restoreAllMocks();
		expect(thresholds((await look(esims)).json())).toEqual([25, 50]);
	});
});

it.each([
	[{ alertOn: [] }, 'The field "Alert On" is empty'],
	[{ alertOn: ['expried'] }, '"Alert On" must be one of'],
	[{ percents: [42] }, '"Percent of Data" must be one of'],
	[{ options: { jumped: 'some' } }, '"Thresholds Jumped Over" must be one of'],
])('refuses %j before anything is sent', async (parameters, message) => {
	const result = await node(parameters)([{ json: { topup_id: '1', device_id: '2' } }]);
	expect(seenError(result).message).toContain(message);
	expect(bench.simulator.requests).toEqual([]);
});
