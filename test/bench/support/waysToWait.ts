import type { INodeExecutionData } from 'n8n-workflow';

import type { Simulator } from '../../../simulator';
import type { Engine } from '../../engine/harness';
import { credentialOf } from '../../engine/support/microesim';
import { runByHand, runNode } from './run';

/** Waits for orders. @returns the IDs of those whose activation code came out */
export type Way = (
	engine: Engine,
	simulator: Simulator,
	input: INodeExecutionData[],
) => Promise<Array<string | undefined>>;

/** Order → Wait for Delivery. */
export const ours: Way = async (engine, simulator, input) => {
	const result = await runNode(
		engine,
		credentialOf(simulator),
		{ resource: 'order', operation: 'waitForDelivery', topupId: '={{ $json.topup_id }}' },
		input,
	);
	return result
		.json()
		.filter(({ delivered }) => delivered === true)
		.map(({ topup_id }) => topup_id as string);
};

/** The workflow made by hand of n8n's own nodes. */
export const byHand: Way = async (engine, simulator, input) => {
	const result = await runByHand(engine, 'wait-for-orders', credentialOf(simulator), input);
	return result
		.runs('Ready')
		.flatMap((_, run) => result.json('Ready', 0, run))
		.map((json) => (json.result as { topup_id?: string } | undefined)?.topup_id);
};

/** The requests by which orders were looked at, oldest first. */
export const looksOf = ({ requests }: Simulator) =>
	requests.filter(({ endpoint }) => endpoint === 'topupDetail');

/** Seconds between the moments the orders were ready and the requests that found them so, the mean. */
export function noticedSeconds(simulator: Simulator): number {
	const looks = looksOf(simulator);
	const each = simulator.ledger.map(({ topup_id, readyAt }) => {
		const found = looks.find(({ fields, time }) => fields.topup_id === topup_id && time >= readyAt);
		return ((found?.time ?? NaN) - readyAt) / 1000;
	});
	return each.reduce((sum, seconds) => sum + seconds, 0) / each.length;
}
