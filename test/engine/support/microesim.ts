import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameterResourceLocator,
} from 'n8n-workflow';

import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import { createEngine, type Engine, type RunResult } from '../harness';

type NodeRun = Parameters<Engine['runNode']>[0];

/** A simulator and the real engine, with the credential that joins them. */
export interface Bench {
	simulator: Simulator;
	engine: Engine;
	credential: ICredentialDataDecryptedObject;
	/** Runs one operation of the node; `given` overrides anything of the run. */
	run(
		resource: string,
		operation: string,
		parameters?: IDataObject,
		given?: Partial<NodeRun>,
	): Promise<RunResult>;
	/** From then on `simulator.requests` holds only what is still to come. */
	forgetRequests(): void;
	/** No faults, requests and orders, and as much money as at the start; what is sold stays. */
	reset(kept?: { keepOrders?: boolean }): void;
	stop(): Promise<void>;
}

/** The credential of a simulator, as a user would type it. */
export const credentialOf = (simulator: Simulator): ICredentialDataDecryptedObject => ({
	environment: 'custom',
	baseUrl: simulator.url,
	account: simulator.account,
	secret: simulator.secret,
	salt: simulator.salt,
	bodyFormat: 'multipart',
});

/** The plan of the API document's first sample, which every simulator sells. */
export const SAMPLE_PLAN = 'b1a926e1-d770-4e03-804e-c527b9397eb9';

/** A plan as the field holds it "By ID". */
export const planById = (id: string): INodeParameterResourceLocator & IDataObject => ({
	__rl: true,
	mode: 'id',
	value: id,
});

const PLACES: Record<string, 'checks' | 'delivery' | 'field'> = {
	expectedPlanName: 'checks',
	keepBalanceAbove: 'checks',
	maximumUnitPrice: 'checks',
	mustBeOnSale: 'checks',
	requireActivationDate: 'checks',
	customEmail: 'delivery',
	notifyUrl: 'delivery',
	qrCodeField: 'delivery',
	ifNotReady: 'field',
	maximumWait: 'field',
	waitForDelivery: 'field',
};

/** Tests name the settings of Create without saying where the editor has them: here each comes to its place. */
function inPlace(resource: string, operation: string, parameters: IDataObject): IDataObject {
	if (resource !== 'order' || operation !== 'create') return parameters;
	const { options, ...placed } = structuredClone(parameters);
	const others: IDataObject = {};
	for (const [name, value] of Object.entries((options ?? {}) as IDataObject)) {
		const place = PLACES[name];
		if (place === 'field') placed[name] = value;
		else if (place) placed[place] = { ...(placed[place] as IDataObject), [name]: value };
		else others[name] = value;
	}
	return { ...placed, options: others };
}

let workflows = 0;

/**
 * Starts both. Unless asked otherwise MicroeSIM sells the plans of its document's samples to an account with
 * plenty of money, and orders are ready at once.
 */
export async function startBench(options: SimulatorOptions = {}): Promise<Bench> {
	const simulator = await startSimulator({
		plans: 0,
		balance: 1_000_000,
		deliveryMs: 0,
		localDeliveryMs: 0,
		...options,
	});
	const engine = await createEngine();
	const credential = credentialOf(simulator);
	const { balance } = simulator;
	return {
		simulator,
		engine,
		credential,
		run: async (resource, operation, parameters = {}, given = {}) =>
			await engine.runNode({
				type: 'n8n-nodes-microesim.microesim',
				parameters: { resource, operation, ...inPlace(resource, operation, parameters) },
				credentials: { microesimApi: credential },
				// Another workflow each time, so that no run knows the order numbers of the one before.
				workflowId: `workflow-${++workflows}`,
				...given,
			}),
		forgetRequests() {
			simulator.requests.length = 0;
		},
		reset({ keepOrders = false } = {}) {
			simulator.faults.clear();
			simulator.onPage = undefined;
			simulator.balance = balance;
			simulator.requests.length = 0;
			if (!keepOrders) simulator.ledger.length = 0;
		},
		stop: async () => await simulator.stop(),
	};
}
