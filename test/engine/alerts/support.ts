import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../harness';
import { planById, SAMPLE_PLAN, type Bench } from '../support/microesim';

const HOUR_MS = 3_600_000;

/** Lets the plan that travellers buy have 1 GB. */
export function sellGigabyte({ simulator }: Bench): void {
	const sold = simulator.plans.find((plan) => plan.channel_dataplan_id === SAMPLE_PLAN);
	sold!.data = 'Total1GB';
}

let names = 0;

/** People with eSIMs, and nodes that watch them. */
export class Travellers {
	constructor(private readonly bench: Bench) {}

	/** Somebody who has used so many megabytes of 1 GB, as an item of a table. */
	async whoUsed(megabytes: number): Promise<INodeExecutionData> {
		const { simulator, run } = this.bench;
		const parameters = { planId: planById(SAMPLE_PLAN), customOrderNo: `a-${++names}` };
		await run('order', 'create', parameters);
		const order = simulator.ledger.at(-1)!;
		const [bookedAt, readyAt] = [order.bookedAt, order.readyAt].map((at) => at - 8 * HOUR_MS);
		Object.assign(order, { bookedAt, readyAt });
		const esim = order.esims[0]!;
		const bursts = [{ at: order.readyAt + HOUR_MS, kilobytes: megabytes * 1024 }];
		Object.assign(esim, { downloadAfterMs: 0, kilobytesPerHour: 0, bursts });
		const { topup_id } = order;
		return { json: { topup_id, device_id: esim.device_id, status: 'mine', mail: 'a@b.c' } };
	}

	/** Lets somebody have used so many megabytes. */
	use({ json }: INodeExecutionData, megabytes: number): void {
		const order = this.bench.simulator.ledger.find(({ topup_id }) => topup_id === json.topup_id)!;
		order.esims[0]!.bursts![0]!.kilobytes = megabytes * 1024;
	}

	/** A node of a workflow of its own; each call of it is a run. */
	node(parameters: IDataObject = {}) {
		const workflowId = `alerts-${++names}`;
		return async (input: INodeExecutionData[], given: object = {}): Promise<RunResult> =>
			await this.bench.run(
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
}

/** The percents of the alerts that came out. */
export const thresholds = (result: RunResult): unknown[] =>
	result.json().map(({ threshold }) => threshold);
