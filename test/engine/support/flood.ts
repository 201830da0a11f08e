import type { Order, Simulator } from '../../../simulator';
import type { Engine } from '../harness';
import { credentialOf, planById, SAMPLE_PLAN } from './microesim';

/** What comes at the same moment. */
export interface Flood {
	/** Pushes of eSIMs that do not exist, each another one. */
	forged: number;
	/** True ones, which come again until they are received, as MicroeSIM's do. */
	truth: Order[];
	/** Orders that the shop places meanwhile, each in an execution of its own. */
	orders: number;
}

/** What became of it. */
export interface Flooded {
	/** Deliveries of the true ones until all were received. */
	deliveries: number;
	/** Answers to the forged ones, by status. */
	answers: Map<number, number>;
	/** Messages of orders that failed. */
	failedOrders: string[];
	/** Milliseconds from the first order to the last answer. */
	ordersMs: number;
}

/** Between two deliveries of the same push; MicroeSIM takes 5 s and more. */
const AGAIN_MS = 500;
const FORGERS = 200;
const BUYERS = 5;

/** Sends it all at a trigger. @param url its address */
export async function flood(
	{ simulator, engine }: { simulator: Simulator; engine: Engine },
	url: string,
	{ forged, truth, orders }: Flood,
): Promise<Flooded> {
	const answers = new Map<number, number>();
	const failedOrders: string[] = [];
	let deliveries = 0;
	const forge = async (index: number) => {
		const status = await deliver(url, {
			topup_id: String(909_900_000_000_000_000_000_000n + BigInt(index)),
			device_id: String(9_100_000_000_000_000 + index),
			lpa_str: 'LPA:1$evil.example$X',
		});
		answers.set(status, (answers.get(status) ?? 0) + 1);
	};
	const tell = async ({ topup_id, esims }: Order) => {
		const { device_id, lpa_str } = esims[0]!;
		for (let status = 0; status !== 200;) {
			if (status !== 0) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
			status = await deliver(url, { topup_id, device_id, lpa_str });
			deliveries++;
		}
	};
	const buy = async (index: number) => {
		const bought = await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN) },
			credentials: { microesimApi: credentialOf(simulator) },
			workflowId: `flood-${index}`,
		});
		const error = bought.error();
		if (error) failedOrders.push(error.message);
	};
	const since = performance.now();
	let ordersMs = 0;
	await Promise.all([
		byTurns(forged, FORGERS, forge),
		...truth.map(tell),
		byTurns(orders, BUYERS, buy).then(() => {
			ordersMs = performance.now() - since;
		}),
	]);
	return { deliveries, answers, failedOrders, ordersMs };
}

async function byTurns(
	count: number,
	atOnce: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const all = Array.from({ length: count }, (_, index) => index);
	const worker = async () => {
		for (let index = all.shift(); index !== undefined; index = all.shift()) await work(index);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

async function deliver(url: string, body: Record<string, string>): Promise<number> {
	const { status } = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return status;
}
