import { setTimeout as sleep } from 'node:timers/promises';

import type { Stage } from './stage';

/** What people do in n8n's editor, with our credential. */

/** Opens the list of the field "Plan", as the editor does. */
export async function search({ api, credential }: Stage): Promise<void> {
	const asked = {
		path: 'parameters.planId',
		methodName: 'searchPlans',
		nodeTypeAndVersion: { name: 'n8n-nodes-microesim.microesim', version: 1 },
		currentNodeParameters: { resource: 'order', operation: 'create' },
		credentials: { microesimApi: credential },
	};
	const path = '/dynamic-node-parameters/resource-locator-results';
	await api.call('POST', path, asked).catch(() => undefined);
}

/** Tests a credential that has not been saved with this secret, as the editor does. */
export async function testCredential(
	{ api, simulator, wires, credential }: Stage,
	secret: string,
): Promise<void> {
	const { account, salt } = simulator;
	const data = { environment: 'custom', baseUrl: wires[0]!.url, account, secret, salt };
	const credentials = { ...credential, type: 'microesimApi', data };
	await api.call('POST', '/credentials/test', { credentials });
}

/** How long a person waits for a retried run. */
const PATIENCE_MS = 120_000;

/** Retries what has failed, as a person does in the list of executions. */
export async function retryAll({ api }: Stage): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['error'] }));
	const { results } = await api.call<{ results: Array<{ id: string }> }>(
		'GET',
		`/executions?limit=30&filter=${filter}`,
	);
	const retry = async ({ id }: { id: string }) => {
		const how = { loadWorkflow: false };
		await api.call('POST', `/executions/${id}/retry`, how).catch(() => undefined);
	};
	// n8n answers when the run is over: one after the other would take as long as all of them
	await Promise.all(
		results.map(async (one) => await Promise.race([retry(one), sleep(PATIENCE_MS)])),
	);
}
