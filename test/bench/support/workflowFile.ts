import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Engine, RunResult, WorkflowFile } from '../../engine/harness';

const FOLDER = join(__dirname, '../by-hand');

/**
 * Runs a flow as a user would build it without this package, from its first node on.
 *
 * @param name of a file in test/bench/by-hand
 * @param input what the first node gets; flows take the address of MicroeSIM from the field `url`
 */
export async function runByHand(
	engine: Engine,
	name: string,
	credential: ICredentialDataDecryptedObject,
	input: INodeExecutionData[],
): Promise<RunResult> {
	const file = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
	const result = await engine.runWorkflow({
		...file,
		startNode: file.nodes[0]!.name,
		credentials: { microesimApi: credential },
		input,
	});
	const error = result.error();
	if (error) throw error;
	return result;
}
