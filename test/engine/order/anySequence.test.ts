import fc from 'fast-check';
import type { OnError, WorkflowExecuteMode } from 'n8n-workflow';

import type { Fault } from '../../../simulator';
import { forgetOrders } from '../../inside';
import { createEngine, nodeOfAnotherProcess, type Engine } from '../harness';
import { useFastClock } from '../support/fastClock';
import { items } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';
import { FAULTS } from './matrix/faults';
import { ledgerOf, visible, type Visible } from './matrix/ledger';

useFastClock(5);
const bench = useBench();
let workflows = 0;

/** Those of the matrix that need no wait, and some more. */
const faults: Fault[] = [
	...FAULTS.flatMap(({ slow, stop, fault }) => (slow || stop || !fault ? [] : [fault])),
	{ kind: 'cutMidBody' },
	{ kind: 'emptyBody', booked: true },
	{ kind: 'html200', booked: true },
	{ kind: 'code', code: 1, msg: 'Success', booked: true },
	{ kind: 'code', code: 7, msg: 'Insufficient balance' },
];

/** "a" split into two orders has the numbers "a-1" and "a-2", which others may use as well. */
const number = fc.constantFrom('a', 'b', 'c', 'd', 'a-1', 'e\u0301', '\u00e9');

const execution = fc.record({
	// Two items of one number are not ordered at all, so most runs have none.
	numbers: fc.oneof(
		{ weight: 4, arbitrary: fc.uniqueArray(number, { minLength: 1, maxLength: 6 }) },
		fc.array(number, { minLength: 1, maxLength: 6 }),
	),
	inProcess: fc.constantFrom('first', 'second'),
	mode: fc.constantFrom<WorkflowExecuteMode>('trigger', 'manual', 'retry', 'integrated'),
	onError: fc.constantFrom<OnError>('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	retryOnFail: fc.boolean(),
	quantity: fc.integer({ min: 1, max: 2 }),
	concurrentOrders: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 10 })),
	splitQuantity: fc.boolean(),
	ifDuplicate: fc.constantFrom('passOn', 'error'),
});

const step = fc.record({
	restart: fc.boolean(),
	faults: fc.array(fc.record({ skip: fc.nat(6), fault: fc.constantFrom(...faults) }), {
		maxLength: 4,
	}),
	atOnce: fc.array(execution, { minLength: 1, maxLength: 3 }),
});

/** Another process of n8n over the same database. */
let other: Engine;

beforeAll(async () => {
	other = await createEngine({ nodeTypes: nodeOfAnotherProcess() });
});

type Execution = typeof execution extends fc.Arbitrary<infer T> ? T : never;

async function execute(
	workflowId: string,
	{ numbers, inProcess, mode, onError, retryOnFail, quantity, ...options }: Execution,
): Promise<Visible> {
	const parameters = {
		resource: 'order',
		operation: 'create',
		planId: planById(SAMPLE_PLAN),
		customOrderNo: '={{ $json.value }}',
		quantity,
		options: options as never,
	};
	return visible(
		await (inProcess === 'first' ? bench.engine : other).runNode({
			type: 'n8n-nodes-microesim.microesim',
			credentials: { microesimApi: bench.credential },
			parameters,
			workflowId,
			input: items(...numbers),
			...{ mode, onError, retryOnFail, maxTries: 3, waitBetweenTries: 1 },
		}),
	);
}

it('buys each number once and loses no order ID, whatever runs, fails and restarts in whatever sequence', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
			const { simulator } = bench;
			const workflowId = `property-${++workflows}`;
			bench.reset();
			const seen: Visible[] = [];
			for (const { restart, faults: planned, atOnce } of steps) {
				if (restart) forgetOrders();
				simulator.faults.clear();
				for (const { skip, fault } of planned) simulator.faults.after('esimSubscribe', skip, fault);
				seen.push(
					...(await Promise.all(atOnce.map(async (one) => await execute(workflowId, one)))),
				);
			}
			const { violations } = ledgerOf(simulator, seen);
			expect(violations).toEqual([]);
		}),
		{ numRuns: 100 },
	);
});
