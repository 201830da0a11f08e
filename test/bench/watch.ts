/**
 * What a look of the watch trigger costs beside reading the catalogue, where nothing has changed, and what n8n keeps of
 * it.
 *
 *   npm run bench -- watch [plans]
 */
import type { IDataObject } from 'n8n-workflow';

import { startSimulator } from '../../simulator';
import { createEngine } from '../engine/harness';
import { credentialOf } from '../engine/support/microesim';
import { figuresOf, inWords } from './support/figures';
import { isSmoke, report } from './support/report';
import { runNode } from './support/run';

const PLANS = Number(process.argv[2] ?? 15_000);
const REPEATS = isSmoke ? 2 : 9;
const MOST_MS = 200;
const MEGABYTE = 1_000_000;

async function timed(work: () => Promise<unknown>): Promise<number> {
	const since = performance.now();
	await work();
	return performance.now() - since;
}

async function main(): Promise<void> {
	const simulator = await startSimulator({ plans: PLANS, fixedPlans: true });
	const engine = await createEngine();
	const credential = credentialOf(simulator);
	const staticData: IDataObject = {};
	const look = async () =>
		await engine.poll({
			node: {
				name: 'Watch',
				type: 'n8n-nodes-microesim.microesimWatchTrigger',
				parameters: { events: ['plan_gone', 'plan_price', 'new_plan', 'plan_changed'] },
			},
			credentials: { microesimApi: credential },
			staticData,
			mode: 'trigger',
			onSave: () => {},
		});
	const read = async () => {
		const parameters = { resource: 'dataPlan', operation: 'getMany', returnAll: true };
		const result = await runNode(engine, credential, {
			...parameters,
			simplify: false,
			filters: { onSaleOnly: false },
		});
		if (result.items().length < PLANS) throw new Error('Not all plans were read');
	};
	await look();
	const looks: number[] = [];
	const reads: number[] = [];
	for (let repeat = 0; repeat < REPEATS; repeat++) {
		reads.push(await timed(read));
		looks.push(
			await timed(async () => {
				if ((await look()) !== null) throw new Error('Nothing had changed');
			}),
		);
	}
	const more = figuresOf(looks.map((ms, index) => ms - reads[index]!));
	const bytes = Buffer.byteLength(JSON.stringify(staticData));
	report({
		work: `A look at ${PLANS} plans of which none has changed`,
		against: 'Get Many of them all, raw',
		measured: `${inWords(more, 'ms', 0)} more: ${inWords(figuresOf(looks), 'ms', 0)} to ${inWords(figuresOf(reads), 'ms', 0)}; n8n keeps ${(bytes / MEGABYTE).toFixed(2)} MB of it`,
		target: `≤ ${MOST_MS} ms more, ≤ 1 MB`,
		reached: more.median <= MOST_MS && bytes <= MEGABYTE,
	});
	engine.close();
	await simulator.stop();
}

void main();
