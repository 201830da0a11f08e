import type { INodeExecutionData } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Simulator } from '../../../simulator';
import type { Engine, RunResult, WorkflowFile } from '../../engine/harness';
import { credentialOf, planById, SAMPLE_PLAN } from '../../engine/support/microesim';

/** Waits for orders. @returns the IDs of those whose activation code came out */
export type Way = (
	engine: Engine,
	simulator: Simulator,
	input: INodeExecutionData[],
) => Promise<Array<string | undefined>>;

const file = JSON.parse(
	readFileSync(join(__dirname, '../by-hand/wait-for-orders.json'), 'utf8'),
) as WorkflowFile;

function failOnError(result: RunResult): RunResult {
	const error = result.error();
	if (error) throw error;
	return result;
}

/** Order → Wait for Delivery. */
export const ours: Way = async (engine, simulator, input) => {
	const result = await engine.runNode({
		type: 'n8n-nodes-microesim.microesim',
		parameters: {
			resource: 'order',
			operation: 'waitForDelivery',
			topupId: '={{ $json.topup_id }}',
		},
		credentials: { microesimApi: credentialOf(simulator) },
		input,
	});
	return failOnError(result)
		.json()
		.filter(({ delivered }) => delivered === true)
		.map(({ topup_id }) => topup_id as string);
};

/** The workflow made by hand of n8n's own nodes. */
export const byHand: Way = async (engine, simulator, input) => {
	const result = await engine.runExample(file, {
		startNode: 'Orders',
		input,
		credentials: { microesimApi: credentialOf(simulator) },
		overrides: {
			'Look at the Order': { parameters: { url: `${simulator.url}/allesim/v1/topupDetail` } },
		},
	});
	return failOnError(result)
		.runs('Ready')
		.flatMap((_, run) => result.json('Ready', 0, run))
		.map((json) => (json.result as { topup_id?: string } | undefined)?.topup_id);
};

/** Buys so many orders of one eSIM. @returns one item per order, with its `topup_id` */
export async function placeOrders(
	engine: Engine,
	simulator: Simulator,
	orders: number,
): Promise<INodeExecutionData[]> {
	const bought = await engine.runNode({
		type: 'n8n-nodes-microesim.microesim',
		parameters: {
			resource: 'order',
			operation: 'create',
			planId: planById(SAMPLE_PLAN),
			options: { concurrentOrders: 10 },
		},
		credentials: { microesimApi: credentialOf(simulator) },
		input: Array.from({ length: orders }, () => ({ json: {} })),
	});
	return failOnError(bought).items();
}

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
