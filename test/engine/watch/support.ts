import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import {
	startSimulator,
	type Plan,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator';
import { createEngine, type Engine } from '../harness';
import { credentialOf } from '../support/microesim';
import { useStarted } from '../support/useBench';

interface Given {
	name?: string;
	id?: string;
	credential?: ICredentialDataDecryptedObject;
	mode?: 'manual' | 'publish' | 'trigger';
}

/** A published watch trigger, whose workflow n8n keeps over restarts. */
export class Watch {
	private staticData: IDataObject = {};

	private saved = '{}';

	constructor(
		private readonly bench: WatchBench,
		private parameters: IDataObject,
	) {}

	/** Looks once. @returns the items that start a run; null where none does */
	async poll({ name = 'Watch', id = 'watch-1', credential, mode = 'trigger' }: Given = {}) {
		const { engine, simulator } = this.bench;
		const items = await engine.poll({
			node: {
				name,
				id,
				type: 'n8n-nodes-microesim.microesimWatchTrigger',
				parameters: this.parameters as never,
			},
			credentials: { microesimApi: credential ?? credentialOf(simulator) },
			staticData: this.staticData,
			mode,
			onSave: (staticData) => (this.saved = JSON.stringify(staticData)),
		});
		return items && items[0]!.map(({ json }) => json);
	}

	/** What n8n has in its database after the last look is all that a new process has. */
	restart(): void {
		this.staticData = JSON.parse(this.saved) as IDataObject;
	}

	/** The same, when something has changed it meanwhile. */
	restartWith(damage: (kept: IDataObject) => void): void {
		this.restart();
		const { global } = this.staticData as {
			global: { microesimWatch: Record<string, IDataObject> };
		};
		damage(Object.values(global.microesimWatch)[0]!);
	}

	/** Looks so many times. @returns the events that were told, with their plans */
	async told(times: number): Promise<unknown[][]> {
		const all: unknown[][] = [];
		for (let look = 0; look < times; look++)
			for (const { event, channel_dataplan_id } of (await this.poll()) ?? [])
				all.push([event, channel_dataplan_id]);
		return all;
	}

	change(parameters: IDataObject): void {
		this.parameters = { ...this.parameters, ...parameters };
	}

	get kept(): string {
		return JSON.stringify(this.staticData);
	}
}

export interface WatchBench {
	simulator: Simulator;
	engine: Engine;
	stop(): Promise<void>;
}

/** All that the trigger can start on. */
export const ALL = [
	'balance_above',
	'balance_below',
	'balance_changed',
	'new_plan',
	'plan_back',
	'plan_changed',
	'plan_gone',
	'plan_price',
];

export const useWatchBench = (options: SimulatorOptions = {}): WatchBench =>
	useStarted(async () => {
		const simulator = await startSimulator({ plans: 60, balance: 1000, ...options });
		return { simulator, engine: await createEngine(), stop: async () => await simulator.stop() };
	});

/** Takes plans from sale, and gives back how to sell them again where they stood. */
export function takeAway(simulator: Simulator, which: (plan: Plan) => boolean): () => void {
	const before = [...simulator.plans];
	const left = before.filter((plan) => !which(plan));
	simulator.plans.splice(0, Infinity, ...left);
	return () => {
		simulator.plans.splice(0, Infinity, ...before);
	};
}

/** A bench whose plans and balance each test finds as they were at first. */
export function useWatchDesk(options: SimulatorOptions = {}) {
	const bench = useWatchBench(options);
	let plans: Plan[];
	beforeEach(() => {
		plans = structuredClone(bench.simulator.plans);
		bench.simulator.balance = 1000;
		bench.simulator.faults.clear();
	});
	afterEach(() => {
		bench.simulator.plans.splice(0, Infinity, ...plans);
		bench.simulator.onPage = undefined;
	});
	return {
		bench,
		onSale: () => bench.simulator.plans.filter(({ status }) => status === '1'),
		/** A trigger that has learnt how things are. */
		async watching(parameters: IDataObject = {}): Promise<Watch> {
			const watch = new Watch(bench, { events: ALL, threshold: 500, ...parameters });
			expect(await watch.poll({ mode: 'publish' })).toBeNull();
			return watch;
		},
	};
}
