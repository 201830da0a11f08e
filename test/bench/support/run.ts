import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Simulator } from '../../../simulator';
import type { Engine, RunResult, WorkflowFile } from '../../engine/harness';
import { credentialOf, planById, SAMPLE_PLAN } from '../../engine/support/microesim';

const FOLDER = join(__dirname, '../by-hand');

function failOnError(result: RunResult): RunResult {
	const error = result.error();
	if (error) throw error;
	return result;
}

/** Runs the node, with resource, operation and their fields as `parameters`. @throws the error of the run */
export const runNode = async (
	engine: Engine,
	credential: ICredentialDataDecryptedObject,
	parameters: INodeParameters,
	input: INodeExecutionData[] = [{ json: {} }],
): Promise<RunResult> =>
	failOnError(
		await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters,
			credentials: { microesimApi: credential },
			input,
		}),
	);

/**
 * Runs a flow as a user would build it without this package, from its first node on.
 *
 * @param name of a file in test/bench/by-hand
 * @param input what the first node gets; flows take the address of MicroeSIM from the field `url`
 * @throws the error of the run
 */
export async function runByHand(
	engine: Engine,
	name: string,
	credential: ICredentialDataDecryptedObject,
	input: INodeExecutionData[],
): Promise<RunResult> {
	const file = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
	return failOnError(
		await engine.runWorkflow({
			...file,
			startNode: file.nodes[0]!.name,
			credentials: { microesimApi: credential },
			input,
		}),
	);
}

/** Buys so many orders of one eSIM. @returns one item per order, with its `topup_id` and MicroeSIM's address as `url` */
export async function placeOrders(
	engine: Engine,
	simulator: Simulator,
	orders: number,
): Promise<INodeExecutionData[]> {
	const bought = await runNode(
		engine,
		credentialOf(simulator),
		{
			resource: 'order',
			operation: 'create',
			planId: planById(SAMPLE_PLAN),
			options: { concurrentOrders: 10 },
		},
		Array.from({ length: orders }, () => ({ json: {} })),
	);
	return bought.json().map(({ topup_id }) => ({ json: { topup_id, url: simulator.url } }));
}
