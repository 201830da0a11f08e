import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Order, type Simulator, type SimulatorOptions } from '../../simulator';
import { buy, http, type Received } from '../unit/simulator/client';
import { activateFlow, saveCredential, startN8n, type CredentialRef, type N8n } from './harness';

/** What MicroeSIM is answered when its push was received. */
export const RECEIVED = '{"code":1,"msg":"Success"}';

/** A real n8n, a simulator that pushes to it, and the credential between them. */
export interface Bench {
	n8n: N8n;
	simulator: Simulator;
	credential: CredentialRef;
	/** Buys eSIMs past n8n; they are delivered at once. */
	buy(fields?: Record<string, string>): Promise<Order>;
	/** A workflow of the trigger and a node that does nothing, and the trigger's Production URL. @param typeVersion of the trigger */
	flow(parameters?: IDataObject, typeVersion?: number): Promise<{ id: string; url: string }>;
	stop(): Promise<void>;
}

/** Starts both. @param env further settings of n8n */
export async function startBench(
	options: SimulatorOptions = {},
	env: Record<string, string> = {},
): Promise<Bench> {
	const simulator = await startSimulator({ deliveryMs: 0, balance: 1_000_000, ...options });
	const n8n = await startN8n(env);
	const credential = await saveCredential(n8n.api, simulator);
	return {
		n8n,
		simulator,
		credential,
		buy: async (fields) => orderOf(simulator, await buy(simulator, fields)),
		async flow(parameters, typeVersion) {
			const { id, path } = await activateFlow(n8n.api, credential, parameters, { typeVersion });
			return { id, url: `${n8n.url}${path}` };
		},
		async stop() {
			await n8n.stop();
			await simulator.stop();
		},
	};
}

/** The order in the simulator's books. */
export function orderOf(simulator: Simulator, topupId: string): Order {
	const order = simulator.ledger.find(({ topup_id }) => topup_id === topupId);
	if (!order) throw new Error(`The simulator has no order ${topupId}.`);
	return order;
}

/** The fields of a push of an order of one eSIM. */
export function pushFields({ topup_id, esims }: Order): Record<string, string> {
	const { device_id, lpa_str, qrcode, ios_esim_install_link } = esims[0]!;
	return { topup_id, number: '1', device_id, lpa_str, qrcode, ios_esim_install_link };
}

/** Posts a body as it is, under any content type or none. */
export async function post(
	url: string,
	body: string | Buffer,
	contentType: string | null = 'application/json',
): Promise<Received> {
	const type: Record<string, string> = contentType === null ? {} : { 'Content-Type': contentType };
	return await http(url, 'POST', { ...type, 'Content-Length': Buffer.byteLength(body) }, body);
}
