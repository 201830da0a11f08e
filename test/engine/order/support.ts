import type { IDataObject } from 'n8n-workflow';

import type { NodeRequest, RunResult } from '../harness';
import { sentTo } from '../support/look';
import { planById, SAMPLE_PLAN, startBench, type Bench } from '../support/microesim';
import { useBenchOf } from '../support/useBench';

/** What Create is given unless a test says otherwise; the number is the value of the item, where it has one. */
export const ORDER = {
	planId: planById(SAMPLE_PLAN),
	customOrderNo: '={{ $json.value ?? "1001-1" }}',
};

/** Settings of a node that n8n tries three times. */
export const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

type Given = Partial<NodeRequest>;

/** A bench that buys. */
export interface Shop extends Bench {
	/** A Create node in a workflow of its own; each call of it is a run, which knows the numbers of those before. */
	node(options?: IDataObject, parameters?: IDataObject): (given?: Given) => Promise<RunResult>;
	/** One run of one such node. */
	buy(given?: Given, options?: IDataObject, parameters?: IDataObject): Promise<RunResult>;
	/** Custom Order Numbers in the sequence in which they arrived at MicroeSIM. */
	sent(): Array<string | undefined>;
	/** Custom Order Numbers in MicroeSIM's books. */
	booked(): string[];
}

let workflows = 0;

async function startShop(): Promise<Shop> {
	const bench = await startBench();
	const { simulator, run } = bench;
	const node: Shop['node'] = (options = {}, parameters = {}) => {
		const workflowId = `shop-${++workflows}`;
		return async (given = {}) =>
			await run('order', 'create', { ...ORDER, ...parameters, options }, { workflowId, ...given });
	};
	return {
		...bench,
		node,
		buy: async (given, options, parameters) => await node(options, parameters)(given),
		sent: () => sentTo(simulator, 'esimSubscribe').map(({ fields }) => fields.custom_order_no),
		booked: () => simulator.ledger.map(({ custom_order_no }) => custom_order_no),
	};
}

export const useShop = (): Shop => useBenchOf(startShop);
