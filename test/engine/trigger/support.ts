import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Simulator, SimulatorOptions } from '../../../simulator';
import type { ServedWebhook } from '../harness';
import { planById, SAMPLE_PLAN, startBench, type Bench } from '../support/microesim';
import { useBenchOf } from '../support/useBench';

/** A bench with triggers under addresses of their own. */
export interface TriggerBench extends Bench {
	serve(parameters?: IDataObject, given?: Serve): Promise<ServedWebhook>;
	/** Buys eSIMs; they are delivered at once and pushed nowhere by themselves. */
	buy(quantity?: number): Promise<Simulator['ledger'][number]>;
}

interface Serve {
	run?: (items: INodeExecutionData[]) => Promise<void>;
	stored?: IDataObject;
	mode?: 'webhook' | 'manual';
	credential?: ICredentialDataDecryptedObject;
	/** In its place: read whenever n8n reads it. */
	credentials?: { microesimApi: ICredentialDataDecryptedObject };
	/** Another id is another node, whose memory is empty. */
	id?: string;
	/** The newest one where it is not said. */
	typeVersion?: number;
}

let nodes = 0;

async function startTriggerBench(options?: SimulatorOptions): Promise<TriggerBench> {
	const bench = await startBench(options);
	const { simulator, engine, credential } = bench;
	const served: ServedWebhook[] = [];
	return {
		...bench,
		async serve(parameters = {}, { id = `trigger-${++nodes}`, typeVersion, ...given } = {}) {
			const webhook = await engine.serveWebhook({
				node: {
					id,
					name: 'MicroeSIM Trigger',
					type: 'n8n-nodes-microesim.microesimTrigger',
					...(typeVersion && { typeVersion }),
					parameters: parameters as never,
				},
				credentials: { microesimApi: given.credential ?? credential },
				...given,
			});
			served.push(webhook);
			return webhook;
		},
		async buy(quantity = 1) {
			const bought = await bench.run('order', 'create', {
				planId: planById(SAMPLE_PLAN),
				quantity,
			});
			const order = simulator.ledger.find(
				({ topup_id }) => topup_id === bought.json()[0]?.topup_id,
			);
			if (!order) throw new Error(`Nothing was bought: ${bought.error()?.message}`);
			return order;
		},
		async stop() {
			await Promise.all(served.map(async (webhook) => await webhook.stop()));
			await bench.stop();
		},
	};
}

export const useTriggerBench = (options?: SimulatorOptions): TriggerBench =>
	useBenchOf(async () => await startTriggerBench(options));

/** What MicroeSIM and others are told of a push that is not accepted. */
export const REFUSED = /^\{"code":0,"msg":"[a-z ,]+"\}$/;

/** The fields of a push as the API document lists them, for one eSIM of an order. */
export function pushFields(order: Simulator['ledger'][number], index = 0): Record<string, string> {
	const esim = order.esims[index]!;
	return {
		topup_id: order.topup_id,
		number: '1',
		device_id: esim.device_id,
		lpa_str: esim.lpa_str,
		qrcode: esim.qrcode,
		ios_esim_install_link: esim.ios_esim_install_link,
	};
}

/** Posts JSON, as MicroeSIM might. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return { status: response.status, text: await response.text() };
}
