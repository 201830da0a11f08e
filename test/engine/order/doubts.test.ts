import '../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import pDefer from 'p-defer';

import { forgetOnce, forgetOrders } from '../../inside';
import type { RunResult } from '../harness';
import { createEngine, nodeOfAnotherProcess, type Engine } from '../harness';
import { useFastClock } from '../support/fastClock';
import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { ORDER, RETRY, useShop } from './support';

/** What is said of a number that may have been bought, and what it does to the items behind it. */

useFastClock(15);
const shop = useShop();
let other: Engine;

beforeAll(async () => {
	other = await createEngine({ nodeTypes: nodeOfAnotherProcess() });
	await shop.buy({ input: items('first') });
});
afterEach(() => {
	jest.restoreAllMocks();
	forgetOrders();
});

let workflows = 0;
const nextWorkflow = () => `doubts-${++workflows}`;

const runElsewhere = async (given: { workflowId: string; node?: { id: string } }) =>
	await other.runNode({
		type: 'n8n-nodes-microesim.microesim',
		credentials: { microesimApi: shop.credential },
		parameters: { resource: 'order', operation: 'create', ...ORDER },
		...given,
	});

/** Begins the order in another process of n8n, which takes so long. */
async function beginElsewhere(
	workflowId: string,
	ms: number,
): Promise<{ end: Promise<RunResult> }> {
	shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms, book: false });
	const end = runElsewhere({ workflowId });
	while (shop.sent().length === 0) await new Promise(setImmediate);
	return { end };
}

const leaveInDoubt = () => shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });

it('an order that another process has on its way for long is told so, and not as one without an answer', async () => {
	const workflowId = nextWorkflow();
	const first = await beginElsewhere(workflowId, 60_000);
	const { message, description } = seenError(await shop.node()({ workflowId }));
	expect(message).toContain('may have been bought');
	expect(description).toMatch(/has this order on its way.*Wait two minutes and run it again/);
	expect(description).not.toContain('no clear answer');
	await first.end;
	expect((await shop.node()({ workflowId })).json()).toMatchObject([{ duplicate: true }]);
	expect(shop.booked()).toEqual(['1001-1']);
});

it('a process that was slower by a moment does not undo what the faster one writes when it has bought', async () => {
	const workflowId = nextWorkflow();
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	const [sawItFree, fasterHasIt, fasterHasBought] = [pDefer(), pDefer(), pDefer()];
	const spy = jest.spyOn(duplicates, 'checkProcessedAndRecord');
	spy.mockImplementationOnce(async (values, scope, { workflow, node }, options) => {
		const now = { workflow, node: { ...node! } };
		sawItFree.resolve();
		await fasterHasIt.promise;
		duplicates.beforeUpdate = async () => {
			duplicates.beforeUpdate = undefined;
			await fasterHasBought.promise;
		};
		return await record(values, scope, now, options);
	});
	const slower = shop.node()({ workflowId });
	await sawItFree.promise;
	const faster = await beginElsewhere(workflowId, 300);
	fasterHasIt.resolve();
	await faster.end;
	fasterHasBought.resolve();
	expect((await slower).json()).toMatchObject([{ duplicate: true, outcome: 'bought' }]);
	expect(shop.booked()).toEqual(['1001-1']);
});

it('a database that fails while another process is waited for decides nothing', async () => {
	const workflowId = nextWorkflow();
	const first = await beginElsewhere(workflowId, 6_000);
	const { duplicates } = shop.engine;
	const count = duplicates.getProcessedDataCount.bind(duplicates);
	let calls = 0;
	jest.spyOn(duplicates, 'getProcessedDataCount').mockImplementation(async (...given) => {
		if (++calls === 4) throw new Error('SQLITE_BUSY: database is locked');
		return await count(...given);
	});
	expect((await shop.node()({ workflowId })).json()).toMatchObject([{ outcome: 'bought' }]);
	expect(calls).toBeGreaterThan(4);
	await first.end;
});

it.each([1, 2])(
	'a look that is answered late does not hide what this process knows meanwhile (quantity %i)',
	async (quantity) => {
		const workflowId = nextWorkflow();
		const { duplicates } = shop.engine;
		const count = duplicates.getProcessedDataCount.bind(duplicates);
		const held = pDefer<void>();
		let asked = false;
		jest.spyOn(duplicates, 'getProcessedDataCount').mockImplementation(async (...given) => {
			const [scope, { workflow, node }, options] = given;
			const now = { workflow, node: { ...node! } };
			const isFirst = !asked;
			asked = true;
			if (isFirst) await held.promise;
			return await count(scope, now, options);
		});
		const late = shop.node({}, { quantity })({ workflowId });
		while (!asked) await new Promise(setImmediate);
		shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 3_000, book: false });
		const first = shop.node()({ workflowId });
		while (shop.sent().length === 0) await new Promise(setImmediate);
		held.resolve();
		const [topupId] = (await first).json().map(({ topup_id }) => topup_id);
		if (quantity === 1) expect((await late).json()).toMatchObject([{ topup_id: topupId }]);
		else expect(seenError(await late).message).toContain('was used as order');
		expect(shop.booked()).toEqual(['1001-1']);
	},
);

describe('items behind a doubt of an earlier run', () => {
	it.each<[string, string, Partial<typeof RETRY>]>([
		['whatever its number reads like', 'account-1', {}],
		['whatever its number reads like', 'BALANCE-9', {}],
		['with Retry On Fail', 'd1', RETRY],
	])('are bought, %s (%s)', async (_name, number, settings) => {
		const buy = shop.node();
		const given = { ...settings, onError: 'continueErrorOutput' as const };
		leaveInDoubt();
		await buy({ input: items(number), ...given });
		const again = await buy({ input: items(number, 'behind'), ...given });
		expect(again.json('Node', 0)).toMatchObject([{ custom_order_no: 'behind' }]);
		expect(again.json('Node', 1)).toHaveLength(1);
	});
});

it('a plan that MicroeSIM names in its refusal is not taken for the account', async () => {
	const msg = 'Data plan "account-5gb" does not exist';
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg });
	const planId = {
		__rl: true,
		mode: 'id',
		value: '={{ $json.value === "a" ? "account-5gb" : $json.plan }}',
	};
	const input = items('a', 'b').map(({ json }) => ({
		json: Object.assign(json, { plan: SAMPLE_PLAN }),
	}));
	const result = await shop.node({}, { planId })({ input, onError: 'continueErrorOutput' });
	expect(result.json('Node', 0)).toMatchObject([{ custom_order_no: 'b' }]);
});

it('the last try of Retry On Fail says what the first one saw', async () => {
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 93, msg: 'Hm, maybe later' });
	const { description } = seenError(await shop.buy(RETRY));
	expect(description).toMatch(/^MicroeSIM refused the order: "Hm, maybe later".*Known Refusals/);
	expect(shop.sent()).toEqual(['1001-1']);
});

it.each([
	['another quantity', { quantity: 2 }],
	['another plan', { planId: planById('another') }],
])('a doubt that comes back with %s is still told as one', async (_name, parameters) => {
	const workflowId = nextWorkflow();
	leaveInDoubt();
	await shop.node()({ workflowId });
	const again = await shop.node({}, parameters)({ workflowId, onError: 'continueErrorOutput' });
	expect(again.json('Node', 1)).toMatchObject([
		{
			error: expect.stringContaining('may have been bought'),
			details: {
				outcome: 'unknown',
				description: expect.stringContaining('The number was used for'),
			},
		},
	]);
	expect(shop.sent()).toHaveLength(1);
});

it.each([
	['continueRegularOutput', 0],
	['continueErrorOutput', 1],
] as const)('what explains a refusal comes out, too (%s)', async (onError, output) => {
	shop.simulator.balance = 1;
	const [error] = (await shop.buy({ onError })).json('Node', output);
	shop.simulator.balance = 1_000_000;
	const { description } = (error?.details ?? error) as { description: string };
	expect(description).toContain('The account has 1.00');
	expect(sentTo(shop.simulator, 'accountBalance')).toHaveLength(1);
});

it('what explains a refusal keeps nobody waiting who has paid', async () => {
	shop.simulator.faults.after('esimSubscribe', 1, {
		kind: 'code',
		code: 7,
		msg: 'Insufficient balance',
	});
	shop.simulator.faults.always('accountBalance', { kind: 'slow', ms: 100_000 });
	const result = await shop.buy({ input: items('p1', 'p2') });
	expect(seenError(result).message).toContain('Insufficient balance');
	expect(seenError(result).description).toContain(shop.simulator.ledger[0]?.topup_id);
	// it was asked, and its answer was not waited for
	expect(sentTo(shop.simulator, 'accountBalance').map(({ status }) => status)).toEqual([null]);
	shop.simulator.faults.clear();
});

it('a refusal that only the user knows is not explained by the account', async () => {
	const msg = 'Supplier balance insufficient';
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 7, msg });
	const { description } = seenError(await shop.buy({}, { knownRefusals: msg }));
	expect(description).toMatch(/^The option "Known Refusals" names it/);
	expect(sentTo(shop.simulator, 'accountBalance')).toEqual([]);
});

it('a log that fails hides no order', async () => {
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		if (given[0].includes('done')) throw new Error('SQLITE_BUSY');
		return await record(...given);
	});
	jest.spyOn(Container.get(Logger), 'warn').mockImplementation(() => {
		throw new Error('ENOSPC');
	});
	expect((await shop.buy()).json()[0]?.topup_id).toBe(shop.simulator.ledger[0]?.topup_id);
});

describe('beside numbers in the list of version 0.1.0', () => {
	const id = '00000000-0000-4000-8000-000000000003';

	async function keepOne(workflowId: string): Promise<void> {
		const context = { workflow: { id: workflowId, active: true }, node: { id } as never };
		const names = ['["production","somebody","of before"]'];
		await shop.engine.duplicates.checkProcessedAndRecord(names, 'node', context, {
			mode: 'entries',
		} as never);
		forgetOnce();
	}

	it('two processes that get a new number at the same moment wait for each other', async () => {
		for (let round = 0; round < 10; round++) {
			const workflowId = nextWorkflow();
			await keepOne(workflowId);
			const given = { workflowId, node: { id } };
			const results = await Promise.all([shop.node()(given), runElsewhere(given)]);
			expect(results.map((result) => result.error()?.message)).toEqual([undefined, undefined]);
		}
		expect(shop.booked()).toHaveLength(10);
	});

	it('a number that a failed look left there is not told as one that may be bought', async () => {
		const workflowId = nextWorkflow();
		await keepOne(workflowId);
		const buy = shop.node();
		const given = { workflowId, node: { id } };
		await buy({ ...given, input: items('before') });
		const { duplicates } = shop.engine;
		const record = duplicates.checkProcessedAndRecord.bind(duplicates);
		let isDown = false;
		const down = new Error('Connection terminated');
		jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...args) => {
			if (isDown) throw down;
			const output = await record(...args);
			isDown = String(args[0][0]).includes('n1') && output.new.length === 0;
			return output;
		});
		jest.spyOn(duplicates, 'removeProcessed').mockRejectedValue(down);
		seenError(await buy({ ...given, input: items('n1') }));
		jest.restoreAllMocks();
		const { message } = seenError(await buy({ ...given, input: items('n1') }));
		expect(message).toContain('An earlier try, whose order was not sent');
		expect(shop.sent()).toEqual(['before']);
	});
});

it('a number that was left in doubt as a whole is told as a doubt when it is split', async () => {
	const workflowId = nextWorkflow();
	leaveInDoubt();
	await shop.node({}, { quantity: 2 })({ workflowId });
	const split = shop.node({ splitQuantity: true }, { quantity: 2 });
	const again = await split({ workflowId, onError: 'continueErrorOutput' });
	expect(again.json('Node', 1)[0]).toMatchObject({
		error: expect.stringContaining('"1001-1" may have been bought'),
		details: { outcome: 'unknown' },
	});
	expect(shop.sent()).toEqual(['1001-1']);
});
